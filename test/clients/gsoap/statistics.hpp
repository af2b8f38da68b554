// The part of the gSOAP story about statistics: what is offered, what is chosen, what is counted.
#ifndef KEELSON_TEST_STATISTICS_HPP
#define KEELSON_TEST_STATISTICS_HPP

#include <algorithm>

#include "client.hpp"

// A manifest that asks for whatever there is; the schema wants something in it.
static statistics__ArrayStatisticsManifest *anything(Client &client, const string &array) {
  struct soap *soap = client.soap();
  statistics__CounterInfo *counter = soap_new_statistics__CounterInfo(soap);
  counter->counterId = 1;
  statistics__EntityStatisticsManifest *kind = soap_new_statistics__EntityStatisticsManifest(soap);
  kind->counterInfo = {counter};
  kind->maxRetrievalSize = kind->pollingInterval = 1;
  statistics__ArrayStatisticsManifest *wish = soap_new_statistics__ArrayStatisticsManifest(soap);
  wish->arrayId = array;
  wish->entityStatisticsManifest = {kind};
  return wish;
}

static void statistics_story(Client &client, const string &array) {
  _msg__queryAssociatedStatisticsManifestForArray offer;
  offer.arrayStatisticsManifest = {anything(client, array)};
  const auto manifests = client.ask(&Proxy::queryAssociatedStatisticsManifestForArray, offer).return_;
  require(manifests.size() == 1, "one manifest for one array");
  std::map<string, size_t> counters;
  for (auto *each : manifests[0]->entityStatisticsManifest)
    counters[each->entityTypeName] = each->counterInfo.size();
  tell("queryAssociatedStatisticsManifestForArray", {{"kinds", json(counters.size())}});

  _msg__queryAssociatedStatisticsForEntity of;
  of.entityTypeName = "StorageArray";
  of.entityId = {array};
  const string fault = client.fault(&Proxy::queryAssociatedStatisticsForEntity, of);
  client.ask(&Proxy::setStatisticsContext,
             with(&_msg__setStatisticsContext::arrayStatisticsManifest, manifests));
  tell("setStatisticsContext", {{"unchosen", json(fault)}});
  const auto rows = client.ask(&Proxy::queryAssociatedStatisticsForEntity, of).return_;
  require(rows.size() == 1 && rows[0]->entityId == array, "one row for one entity");
  const string &row = rows[0]->statisticsString;
  const size_t columns = 1 + static_cast<size_t>(std::count(row.begin(), row.end(), ','));
  require(columns == counters["StorageArray"], "a row that does not fit its manifest: " + row);
  tell("queryAssociatedStatisticsForEntity", {{"columns", json(columns)}});
}

#endif
