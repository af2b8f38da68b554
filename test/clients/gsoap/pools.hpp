// The part of the gSOAP story about what VASA 2.0 adds to discovery: what lies behind a datastore.
#ifndef KEELSON_TEST_POOLS_HPP
#define KEELSON_TEST_POOLS_HPP

#include "discovery.hpp"

static void pools_story(Client &client, Ids &ids) {
  std::set<string> backing;
  for (data__StorageLun *each : luns(client, ids))
    if (given(each->thinProvisioned, "thinProvisioned"))
      backing.insert(given(given(each->backingConfig).thinProvisionBackingIdentifier));
  const vector<string> asked(backing.begin(), backing.end());
  const auto of = with(&_msg__queryBackingStoragePools::storagePoolUniqueId, asked);
  const auto pools = client.ask(&Proxy::queryBackingStoragePools, of).return_;
  require(ids_of(pools) == asked, "the pools in the order asked");
  for (data__BackingStoragePool *each : pools)
    require(0 <= each->usedSpaceInMB && each->usedSpaceInMB <= each->capacityInMB, "more used than there is");
  tell("queryBackingStoragePools", {{"some", json(!pools.empty())}});
  const auto among_all = with(&_msg__queryDrsMigrationCapabilityForPerformanceEx::entityId, ids["StorageLun"]);
  const auto result = client.ask(&Proxy::queryDrsMigrationCapabilityForPerformanceEx, among_all).return_;
  for (data__EntitySet *group : given(result, "the result").nonRecommendedEntitySet)
    for (const string &id : group->entityId) require(among(ids["StorageLun"], id), "a group with " + id);
  tell("queryDrsMigrationCapabilityForPerformanceEx", {{"groups", json(true)}});
}

#endif
