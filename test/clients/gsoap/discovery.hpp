// The part of the gSOAP stories about block and file discovery, which VASA 1.0 and 2.0 share: ids first,
// details next, associations last, as vCenter does it. The same steps as the zeep stories'.
#ifndef KEELSON_TEST_DISCOVERY_HPP
#define KEELSON_TEST_DISCOVERY_HPP

#include <algorithm>

#include "client.hpp"

// Ids by kind of entity.
using Ids = std::map<string, vector<string>>;

static const vector<string> KINDS = {"StorageArray", "StorageProcessor",  "StoragePort",
                                     "StorageLun",   "StorageFileSystem", "StorageCapability"};

template <class Entity>
static vector<string> ids_of(const vector<Entity *> &entities) {
  vector<string> ids;
  for (const Entity *each : entities) ids.push_back(given(each->uniqueIdentifier, "uniqueIdentifier"));
  return ids;
}

static vector<string> sorted(vector<string> texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

static bool among(const vector<string> &many, const string &one) {
  return std::find(many.begin(), many.end(), one) != many.end();
}

static vector<data__StorageArray *> arrays(Client &client) {
  return client.ask(&Proxy::queryArrays, _msg__queryArrays()).return_;
}

static Ids ids_first(Client &client) {
  Ids ids;
  vector<string> found;
  for (const string &kind : KINDS) {
    _msg__queryUniqueIdentifiersForEntity of;
    of.entityType = client.text(kind);
    ids[kind] = client.ask(&Proxy::queryUniqueIdentifiersForEntity, of).return_;
    if (!ids[kind].empty()) found.push_back(kind);
  }
  require(ids["StorageArray"] == ids_of(arrays(client)), "the arrays by their ids");
  tell("queryUniqueIdentifiersForEntity", {{"kinds", json(sorted(found))}});
  for (const string &kind : KINDS) {
    const auto of = with(&_msg__getNumberOfEntities::entityType, client.text(kind));
    const int count = given(client.ask(&Proxy::getNumberOfEntities, of).return_);
    require(count == static_cast<int>(ids[kind].size()), "another number of " + kind);
  }
  tell("getNumberOfEntities");
  return ids;
}

static void ids_by_array(Client &client, Ids &ids) {
  vector<string> luns, systems;
  for (const string &array : ids["StorageArray"]) {
    const auto of = with(&_msg__queryUniqueIdentifiersForLuns::arrayUniqueId, client.text(array));
    for (const string &id : client.ask(&Proxy::queryUniqueIdentifiersForLuns, of).return_) luns.push_back(id);
  }
  require(sorted(luns) == sorted(ids["StorageLun"]), "the LUNs of the arrays are all LUNs");
  tell("queryUniqueIdentifiersForLuns");
  for (const string &array : ids["StorageArray"]) {
    const auto of = with(&_msg__queryUniqueIdentifiersForFileSystems::fsUniqueId, client.text(array));
    for (const string &id : client.ask(&Proxy::queryUniqueIdentifiersForFileSystems, of).return_)
      systems.push_back(id);
  }
  require(sorted(systems) == sorted(ids["StorageFileSystem"]), "the file systems of the arrays are all");
  tell("queryUniqueIdentifiersForFileSystems");
}

static vector<data__StorageLun *> luns(Client &client, Ids &ids) {
  return client.ask(&Proxy::queryStorageLuns, with(&_msg__queryStorageLuns::lunUniqueId, ids["StorageLun"]))
      .return_;
}

static void of_processors_and_ports(Client &client, Ids &ids) {
  const auto processors = with(&_msg__queryStorageProcessors::spUniqueId, ids["StorageProcessor"]);
  require(ids_of(client.ask(&Proxy::queryStorageProcessors, processors).return_) == ids["StorageProcessor"],
          "the processors in the order asked");
  tell("queryStorageProcessors");
  std::set<string> types;
  const auto ports = with(&_msg__queryStoragePorts::portUniqueId, ids["StoragePort"]);
  for (data__StoragePort *each : client.ask(&Proxy::queryStoragePorts, ports).return_) {
    require(each->portWwn != nullptr || each->iscsiIdentifier != nullptr, "a port without a name");
    types.insert(given(each->portType, "portType"));
  }
  tell("queryStoragePorts", {{"types", json(types)}});
}

static void of_datastores(Client &client, Ids &ids) {
  const auto found = luns(client, ids);
  for (data__StorageLun *each : found) {
    require(given(each->esxLunIdentifier, "esxLunIdentifier").rfind("naa.", 0) == 0, "a LUN no host can find");
    const LONG64 used = given(each->usedSpaceInMB, "usedSpaceInMB");
    require(0 <= used && used <= given(each->capacityInMB, "capacityInMB"), "more used than there is");
  }
  tell("queryStorageLuns", {{"all", json(found.size() == ids["StorageLun"].size())}});
  const auto of = with(&_msg__queryStorageFileSystems::fsUniqueId, ids["StorageFileSystem"]);
  const auto systems = client.ask(&Proxy::queryStorageFileSystems, of).return_;
  for (data__StorageFileSystem *each : systems)
    require(!given(each->fileSystemInfo.at(0)->fileServerName).empty(), "a file system without a server");
  tell("queryStorageFileSystems", {{"all", json(systems.size() == ids["StorageFileSystem"].size())}});
  const auto labels = with(&_msg__queryStorageCapabilities::capabilityUniqueId, ids["StorageCapability"]);
  for (data__StorageCapability *each : client.ask(&Proxy::queryStorageCapabilities, labels).return_)
    require(!given(each->capabilityName, "capabilityName").empty(), "a capability without a name");
  tell("queryStorageCapabilities");
}

// Pairs of known ids with known ids of the other kind; at least one.
template <class Request, class Answer>
static void associated(Client &client, const char *name, int (Proxy::*operation)(Request *, Answer &),
                       vector<string> Request::*field, const vector<string> &known,
                       const vector<string> &others) {
  size_t pairs = 0;
  for (data__VasaAssociationObject *row : client.ask(operation, with(field, known)).return_) {
    const vector<string> ones = ids_of(row->entityId), associates = ids_of(row->associatedId);
    for (const string &id : ones) require(among(known, id), string(name) + " of " + id);
    for (const string &id : associates) require(among(others, id), string(name) + " with " + id);
    pairs += ones.size() * associates.size();
  }
  require(pairs > 0, string(name) + " has no pair");
  tell(name);
}

static void associations(Client &client, Ids &ids) {
  associated(client, "queryAssociatedProcessorsForArray", &Proxy::queryAssociatedProcessorsForArray,
             &_msg__queryAssociatedProcessorsForArray::arrayUniqueId, ids["StorageArray"],
             ids["StorageProcessor"]);
  associated(client, "queryAssociatedPortsForProcessor", &Proxy::queryAssociatedPortsForProcessor,
             &_msg__queryAssociatedPortsForProcessor::spUniqueId, ids["StorageProcessor"],
             ids["StoragePort"]);
  associated(client, "queryAssociatedLunsForPort", &Proxy::queryAssociatedLunsForPort,
             &_msg__queryAssociatedLunsForPort::portUniqueId, ids["StoragePort"], ids["StorageLun"]);
  associated(client, "queryAssociatedCapabilityForLun", &Proxy::queryAssociatedCapabilityForLun,
             &_msg__queryAssociatedCapabilityForLun::lunUniqueId, ids["StorageLun"],
             ids["StorageCapability"]);
  associated(client, "queryAssociatedCapabilityForFileSystem", &Proxy::queryAssociatedCapabilityForFileSystem,
             &_msg__queryAssociatedCapabilityForFileSystem::fsUniqueId, ids["StorageFileSystem"],
             ids["StorageCapability"]);
}

static void migrations(Client &client, Ids &ids) {
  _msg__queryDRSMigrationCapabilityForPerformance question;
  question.srcUniqueId = client.text(ids["StorageLun"].front());
  question.dstUniqueId = client.text(ids["StorageLun"].back());
  question.entityType = client.text("StorageLun");
  given(client.ask(&Proxy::queryDRSMigrationCapabilityForPerformance, question).return_, "the answer");
  question.dstUniqueId = client.text("no such LUN");
  tell("queryDRSMigrationCapabilityForPerformance",
       {{"unknown", json(client.fault(&Proxy::queryDRSMigrationCapabilityForPerformance, question))}});
}

// Everything that is visible, found twice: by its ids, and by asking for all.
static Ids discovery_story(Client &client) {
  Ids ids = ids_first(client);
  ids_by_array(client, ids);
  of_processors_and_ports(client, ids);
  of_datastores(client, ids);
  associations(client, ids);
  migrations(client, ids);
  return ids;
}

#endif
