// The part of the gSOAP story that a host tells: what is there to store on, and one volume's whole life.
#ifndef KEELSON_TEST_VOLUMES_HPP
#define KEELSON_TEST_VOLUMES_HPP

#include <unistd.h>

#include "client.hpp"

using std::string;
using std::vector;

static string uuid() {
  string text = contents("/proc/sys/kernel/random/uuid");
  return text.substr(0, 36);
}

static data__NameValuePair *pair(struct soap *soap, const string &name, const string &value) {
  data__NameValuePair *made = soap_new_data__NameValuePair(soap);
  made->parameterName = soap_new_std__string(soap);
  made->parameterValue = soap_new_std__string(soap);
  *made->parameterName = name;
  *made->parameterValue = value;
  return made;
}

// Container ids by protocol.
static std::map<string, string> inventory(Client &client) {
  _msg__queryArrays query;
  _msg__queryArraysResponse arrays;
  client.check(client.proxy.queryArrays(&query, arrays), "queryArrays");
  require(!arrays.return_.empty(), "no array");
  tell("queryArrays", "count", arrays.return_.size());

  _msg__queryStorageContainerForArray containers_of;
  containers_of.arrayId = *arrays.return_[0]->uniqueIdentifier;
  _msg__queryStorageContainerForArrayResponse container_ids;
  client.check(client.proxy.queryStorageContainerForArray(&containers_of, container_ids),
               "queryStorageContainerForArray");
  _msg__queryStorageContainer which;
  which.containerId = container_ids.return_;
  _msg__queryStorageContainerResponse containers;
  client.check(client.proxy.queryStorageContainer(&which, containers), "queryStorageContainer");
  std::map<string, string> by_protocol;
  for (data__StorageContainer *each : containers.return_) {
    require(each->maxVvolSizeMB > 0 && !each->name.empty(), "a container without size or name");
    by_protocol.emplace(*each->protocolEndPointType, *each->uniqueIdentifier);
  }
  tell("queryStorageContainer", "count", containers.return_.size());

  _msg__queryProtocolEndpointForArray endpoints_of;
  endpoints_of.arrayId = containers_of.arrayId;
  _msg__queryProtocolEndpointForArrayResponse endpoint_ids;
  client.check(client.proxy.queryProtocolEndpointForArray(&endpoints_of, endpoint_ids),
               "queryProtocolEndpointForArray");
  _msg__queryProtocolEndpoint endpoint_query;
  endpoint_query.peId = endpoint_ids.return_;
  _msg__queryProtocolEndpointResponse endpoints;
  client.check(client.proxy.queryProtocolEndpoint(&endpoint_query, endpoints), "queryProtocolEndpoint");
  tell("queryProtocolEndpoint", "count", endpoints.return_.size());
  _msg__setPEContext seen;
  seen.listOfHostPE = endpoints.return_;
  __vasa__setPEContextResponse nothing;
  client.check(client.proxy.setPEContext(&seen, nothing), "setPEContext");
  tell("setPEContext");
  return by_protocol;
}

static string created_id(Client &client, vvol__TaskInfo *task) {
  _msg__getTaskUpdate poll;
  poll.taskId = task->taskId;
  _msg__getTaskUpdateResponse update;
  for (int tries = 0; tries < 100; ++tries) {
    client.check(client.proxy.getTaskUpdate(&poll, update), "getTaskUpdate");
    if (update.return_->taskState != "Queued" && update.return_->taskState != "Running") break;
    usleep(100000);
  }
  require(update.return_->taskState == "Success", "the task ended in " + update.return_->taskState);
  require(update.return_->startTime > 1500000000, "a task that started in the past century");
  xsd__string_ *id = dynamic_cast<xsd__string_ *>(update.return_->result);
  require(id != nullptr, "the task's result is no xs:string");
  return id->__item;
}

static string create(Client &client, const string &container, const string &type, const string &name) {
  struct soap *soap = client.proxy.soap;
  _msg__createVirtualVolume request;
  request.containerId = container;
  request.vvolType = type;
  request.sizeInMB = 4096;
  request.metadata.push_back(pair(soap, "VMW_VVolName", name));
  request.metadata.push_back(pair(soap, "VMW_VVolType", type));
  _msg__createVirtualVolumeResponse reply;
  client.check(client.proxy.createVirtualVolume(&request, reply), "createVirtualVolume");
  return created_id(client, reply.return_);
}

static vector<vvol__VirtualVolumeHandle *> bind(Client &client, const vector<string> &ids) {
  _msg__bindVirtualVolume request;
  request.vvolId = ids;
  request.bindContext = "Normal";
  _msg__bindVirtualVolumeResponse reply;
  client.check(client.proxy.bindVirtualVolume(&request, reply), "bindVirtualVolume");
  require(reply.return_.size() == ids.size(), "one answer each");
  vector<vvol__VirtualVolumeHandle *> handles;
  for (size_t i = 0; i < ids.size(); ++i) {
    require(reply.return_[i]->vvolId == ids[i], "in the order asked");
    require(reply.return_[i]->fault == nullptr && reply.return_[i]->vvolHandle != nullptr, "not bound");
    handles.push_back(reply.return_[i]->vvolHandle);
  }
  return handles;
}

static void bind_and_unbind(Client &client, const vector<string> &ids) {
  vector<vvol__VirtualVolumeHandle *> handles = bind(client, ids);
  tell("bindVirtualVolume", "handles", handles.size());
  vector<vvol__VirtualVolumeHandle *> again = bind(client, ids);
  for (size_t i = 0; i < ids.size(); ++i)
    require(*again[i]->uniqueIdentifier == *handles[i]->uniqueIdentifier &&
                again[i]->vvolSecondaryId == handles[i]->vvolSecondaryId,
            "another handle on the second bind");
  tell("bindVirtualVolume again");

  _msg__bindVirtualVolume mixed;
  mixed.vvolId = {ids[0], "rfc4122." + uuid()};
  mixed.bindContext = "Normal";
  _msg__bindVirtualVolumeResponse reply;
  client.check(client.proxy.bindVirtualVolume(&mixed, reply), "bindVirtualVolume");
  require(reply.return_.size() == 2 && reply.return_[0]->fault == nullptr, "the known volume is bound");
  tell("bindVirtualVolume unknown", "item", fault_name(reply.return_[1]->fault));

  _msg__deleteVirtualVolume remove;
  remove.vvolId = ids[0];
  __vasa__deleteVirtualVolumeResponse nothing;
  tell("delete while bound", "fault",
       client.fault(client.proxy.deleteVirtualVolume(&remove, nothing), "deleteVirtualVolume"));

  _msg__unbindVirtualVolume unbind;
  unbind.vvolHandle = handles;
  unbind.unbindContext = "Normal";
  _msg__unbindVirtualVolumeResponse statuses;
  client.check(client.proxy.unbindVirtualVolume(&unbind, statuses), "unbindVirtualVolume");
  for (vvol__BatchReturnStatus *each : statuses.return_) require(each->errorResult == nullptr, "not unbound");
  tell("unbindVirtualVolume", "count", statuses.return_.size());
}

// Of these ids, those that queryVirtualVolumeInfo still knows; checks the first one's name when it is there.
static size_t known(Client &client, const vector<string> &ids, const string &name) {
  _msg__queryVirtualVolumeInfo request;
  request.vvolId = ids;
  _msg__queryVirtualVolumeInfoResponse reply;
  client.check(client.proxy.queryVirtualVolumeInfo(&request, reply), "queryVirtualVolumeInfo");
  if (!reply.return_.empty()) {
    bool named = false;
    for (data__NameValuePair *each : reply.return_[0]->metadata)
      named = named || (*each->parameterName == "VMW_VVolName" && *each->parameterValue == name);
    require(named, "the volume's name came back changed");
  }
  return reply.return_.size();
}

static void query(Client &client, const vector<string> &ids, const string &name) {
  struct soap *soap = client.proxy.soap;
  _msg__queryVirtualVolume request;
  vvol__QueryConstraint *constraint = soap_new_vvol__QueryConstraint(soap);
  constraint->key = "VMW_VVolName";
  constraint->value = soap_new_std__string(soap);
  *constraint->value = name;
  request.searchConstraint.push_back(constraint);
  _msg__queryVirtualVolumeResponse reply;
  client.check(client.proxy.queryVirtualVolume(&request, reply), "queryVirtualVolume");
  require(reply.return_ == vector<string>{ids[0]}, "the volume is found by its name");
  tell("queryVirtualVolume", "found", reply.return_.size());
  tell("queryVirtualVolumeInfo", "count", known(client, ids, name));
}

static void remove_all(Client &client, const vector<string> &ids) {
  _msg__deleteVirtualVolume request;
  __vasa__deleteVirtualVolumeResponse nothing;
  for (const string &id : ids) {
    request.vvolId = id;
    client.check(client.proxy.deleteVirtualVolume(&request, nothing), "deleteVirtualVolume");
  }
  require(known(client, ids, "") == 0, "a deleted volume is still known");
  tell("deleteVirtualVolume", "count", ids.size());
  request.vvolId = ids[0];
  tell("delete again", "fault",
       client.fault(client.proxy.deleteVirtualVolume(&request, nothing), "deleteVirtualVolume"));
}

// Events of the volume's life arrive, numbered upwards; alarms can be asked for.
static void news(Client &client, const string &id) {
  _msg__getEvents request;
  LONG64 last = -1;
  bool made = false, gone = false;
  for (int tries = 0; tries < 100 && !(made && gone); ++tries) {
    request.lastEventId = &last;
    _msg__getEventsResponse reply;
    client.check(client.proxy.getEvents(&request, reply), "getEvents");
    for (data__StorageEvent *each : reply.return_) {
      require(*each->eventId > last, "events are numbered upwards");
      last = *each->eventId;
      if (each->objectId == nullptr || *each->objectId != id || each->eventConfigType == nullptr) continue;
      made = made || *each->eventConfigType == "New";
      gone = gone || *each->eventConfigType == "Delete";
    }
    if (reply.return_.empty()) usleep(100000);
  }
  require(made && gone, "the volume's events did not come");
  tell("getEvents");
  _msg__getAlarms alarms;
  _msg__getAlarmsResponse reply;
  client.check(client.proxy.getAlarms(&alarms, reply), "getAlarms");
  tell("getAlarms");
}

static void refusals(Client &client) {
  _msg__createVirtualVolume nowhere;
  nowhere.containerId = uuid();
  nowhere.vvolType = "Data";
  nowhere.sizeInMB = 1;
  nowhere.metadata.push_back(pair(client.proxy.soap, "VMW_VVolName", "nowhere"));
  _msg__createVirtualVolumeResponse task;
  tell("unknown container", "fault",
       client.fault(client.proxy.createVirtualVolume(&nowhere, task), "createVirtualVolume"));
  _msg__queryBackingStoragePools pools;
  pools.storagePoolUniqueId.push_back("pool-1");
  _msg__queryBackingStoragePoolsResponse known_pools;
  tell("operation not served", "fault",
       client.fault(client.proxy.queryBackingStoragePools(&pools, known_pools), "queryBackingStoragePools"));
}

#endif
