// The part of the gSOAP story about storage policies: what is offered, what is asked for, what a volume gets.
#ifndef KEELSON_TEST_POLICIES_HPP
#define KEELSON_TEST_POLICIES_HPP

#include "copies.hpp"

static vector<capprov__CapabilitySchema *> schemas(Client &client, const vector<string> &ids) {
  return client.ask(&Proxy::queryCapabilityMetadata, with(&_msg__queryCapabilityMetadata::schemaId, ids))
      .return_;
}

static void declared(Client &client) {
  const auto all = schemas(client, {});
  for (capprov__CapabilitySchema *each : all)
    require(!each->capabilityMetadataPerCategory.empty(), "a schema without capabilities");
  const string first = all.at(0)->schemaId;
  const auto only = schemas(client, {first});
  require(only.size() == 1 && only[0]->schemaId == first, "the schema that was asked for");
  tell("queryCapabilityMetadata", {{"some", json(!all.empty())}});
}

// The first profile that the container can satisfy.
static profile__StorageProfile *offered(Client &client, const string &container) {
  std::map<string, profile__StorageProfile *> profiles;
  for (auto *each : client.ask(&Proxy::queryCapabilityProfile, _msg__queryCapabilityProfile()).return_)
    profiles[each->profileId] = each;
  const auto of = with(&_msg__queryCapabilityProfileForResource::resourceId, vector<string>{container});
  const auto rows = client.ask(&Proxy::queryCapabilityProfileForResource, of).return_;
  for (policy__ResourceAssociation *row : rows)
    require(row->resourceId == container && profiles.count(row->profileId) == 1, "a profile nobody declared");
  const auto none = with(&_msg__queryCapabilityProfile::profileId, vector<string>{"none"});
  tell("queryCapabilityProfile", {{"unknown", json(client.fault(&Proxy::queryCapabilityProfile, none))}});
  tell("queryCapabilityProfileForResource", {{"some", json(!rows.empty())}});
  return profiles[rows.at(0)->profileId];
}

static void defaults(Client &client, const string &container) {
  const vector<string> kinds = {"Data", "Config"};
  auto of = with(&_msg__queryDefaultProfileForStorageContainer::containerId, container);
  of.entityType = kinds;
  for (auto *each : client.ask(&Proxy::queryDefaultProfileForStorageContainer, of).return_) {
    const auto &types = each->entityType;
    require(std::any_of(types.begin(), types.end(), [&](const string &type) { return among(kinds, type); }),
            "a default profile for what was not asked");
  }
  tell("queryDefaultProfileForStorageContainer");
}

using Results = vector<compliance__ComplianceResult *>;

static Results complied(Client &client, const string &volume, const string &profile, LONG64 generation) {
  compliance__ComplianceSubject *subject = soap_new_compliance__ComplianceSubject(client.soap());
  subject->objectId = {volume};
  subject->profileId = client.text(profile);
  subject->generationId = soap_new_LONG64(client.soap());
  *subject->generationId = generation;
  const auto of = with(&_msg__queryComplianceResult::compliance, {subject});
  return client.ask(&Proxy::queryComplianceResult, of).return_;
}

static void compliance(Client &client, const string &container, profile__StorageProfile *wish) {
  _msg__createVirtualVolume request = new_volume(client, container, "Data", "policy", 10);
  request.storageProfile = wish;
  const string volume = created_id(client, client.ask(&Proxy::createVirtualVolume, request).return_);
  const auto result = complied(client, volume, wish->profileId, wish->generationId);
  require(result.size() == 1 && result[0]->objectId == volume && !result[0]->profileMismatch,
          "its own profile");
  const auto other = complied(client, volume, wish->profileId, wish->generationId - 1);
  require(other.size() == 1 && other[0]->profileMismatch, "an older generation is another profile");
  tell("queryComplianceResult", {{"status", json(result[0]->complianceStatus)},
                                 {"mismatch", json(other[0]->complianceStatus)}});
  remove(client, volume);
}

static void policies_story(Client &client, const string &container) {
  declared(client);
  profile__StorageProfile *offer = offered(client, container);
  defaults(client, container);
  // A policy that asks for what the first alternative of the offer has.
  profile__StorageProfile *wish = new_profile(client, uuid(), "as offered");
  wish->constraints = soap_new_profile__CapabilityConstraints(client.soap());
  wish->constraints->subProfiles = {given(offer->constraints).subProfiles.at(0)};
  compliance(client, container, wish);
}

#endif
