// The part of the gSOAP story about what there is to store on, and the life of volumes: made, found, changed,
// deleted, heard of. The same steps as the zeep story's.
#ifndef KEELSON_TEST_VOLUMES_HPP
#define KEELSON_TEST_VOLUMES_HPP

#include <unistd.h>

#include "discovery.hpp"

static const char *const NAME = "\u00fcber <vm> & co";

// Protocols, containers and volumes by name.
using Names = std::map<string, string>;

static vector<string> keys(const Names &names) {
  vector<string> keys;
  for (const auto &each : names) keys.push_back(each.first);
  return keys;
}

static vector<string> values(const Names &names) {
  vector<string> values;
  for (const auto &each : names) values.push_back(each.second);
  return values;
}

static string unknown_volume() { return "rfc4122." + uuid(); }

static data__NameValuePair *pair(Client &client, const string &name, const string &value) {
  data__NameValuePair *made = soap_new_data__NameValuePair(client.soap());
  made->parameterName = client.text(name);
  made->parameterValue = client.text(value);
  return made;
}

static void endpoints(Client &client, const string &array) {
  const auto of = with(&_msg__queryProtocolEndpointForArray::arrayId, array);
  const vector<string> ids = client.ask(&Proxy::queryProtocolEndpointForArray, of).return_;
  const auto which = with(&_msg__queryProtocolEndpoint::peId, ids);
  const auto found = client.ask(&Proxy::queryProtocolEndpoint, which).return_;
  require(ids_of(found) == ids, "the endpoints in the order asked");
  std::set<string> protocols;
  for (vvol__ProtocolEndpoint *each : found) protocols.insert(given(each->inBandId).protocolEndpointType);
  tell("queryProtocolEndpoint", {{"protocols", json(protocols)}});
  client.ask(&Proxy::setPEContext, with(&_msg__setPEContext::listOfHostPE, found));
  tell("setPEContext");
}

// Container ids by protocol.
static Names inventory(Client &client) {
  const auto found = arrays(client);
  for (data__StorageArray *each : found)
    require(among(each->supportedProfile, "VirtualVolumeProfile"), "an array without volumes");
  tell("queryArrays", {{"count", json(found.size())}});
  const string array = given(found.at(0)->uniqueIdentifier);

  const auto of = with(&_msg__queryStorageContainerForArray::arrayId, array);
  const vector<string> ids = client.ask(&Proxy::queryStorageContainerForArray, of).return_;
  const auto which = with(&_msg__queryStorageContainer::containerId, ids);
  const auto containers = client.ask(&Proxy::queryStorageContainer, which).return_;
  require(ids_of(containers) == ids, "the containers in the order asked");
  Names by_protocol;
  for (data__StorageContainer *each : containers) {
    require(each->maxVvolSizeMB > 0 && !each->name.empty(), "a container without size or name");
    by_protocol.emplace(given(each->protocolEndPointType), *each->uniqueIdentifier);
  }
  tell("queryStorageContainer", {{"protocols", json(keys(by_protocol))}});
  endpoints(client, array);
  return by_protocol;
}

// The task when it has ended, by polling as a host does.
static vvol__TaskInfo *finished(Client &client, const vvol__TaskInfo *task) {
  const auto of = with(&_msg__getTaskUpdate::taskId, given(task, "the task").taskId);
  for (int tries = 0; tries < 100; ++tries) {
    vvol__TaskInfo *polled = client.ask(&Proxy::getTaskUpdate, of).return_;
    if (polled->taskState != "Queued" && polled->taskState != "Running") return polled;
    usleep(100000);
  }
  throw std::runtime_error(task->name + " does not end");
}

static vvol__TaskInfo *succeeded(Client &client, const vvol__TaskInfo *task) {
  vvol__TaskInfo *ended = finished(client, task);
  require(ended->taskState == "Success", ended->name + " ended in " + ended->taskState);
  require(ended->error == nullptr, ended->name + " succeeded with an error");
  require(ended->startTime > 1500000000, "a task that started in the past century");
  return ended;
}

static string created_id(Client &client, const vvol__TaskInfo *task) {
  auto *id = dynamic_cast<xsd__string_ *>(succeeded(client, task)->result);
  require(id != nullptr, "the task's result is no xs:string");
  require(id->__item.rfind("rfc4122.", 0) == 0 && id->__item.size() == 44, "not a volume's id: " + id->__item);
  return id->__item;
}

static _msg__createVirtualVolume new_volume(Client &client, const string &container, const string &type,
                                            const string &name, LONG64 megabytes) {
  _msg__createVirtualVolume request;
  request.containerId = container;
  request.vvolType = type;
  request.sizeInMB = megabytes;
  request.metadata = {pair(client, "VMW_VVolName", name), pair(client, "VMW_VVolType", type)};
  return request;
}

static string create(Client &client, const string &container, const string &type, const string &name,
                     LONG64 megabytes) {
  const auto request = new_volume(client, container, type, name, megabytes);
  return created_id(client, client.ask(&Proxy::createVirtualVolume, request).return_);
}

static void remove(Client &client, const string &id) {
  client.ask(&Proxy::deleteVirtualVolume, with(&_msg__deleteVirtualVolume::vvolId, id));
}

// Volumes by what they are for.
static Names create_one_each(Client &client, Names &containers) {
  const Names made = {{"SCSI", create(client, containers["SCSI"], "Config", NAME, 4096)},
                      {"SCSI data", create(client, containers["SCSI"], "Data", "disk-1", 10240)},
                      {"NFS", create(client, containers["NFS"], "Data", "disk-2", 1024)},
                      {"NFS4x", create(client, containers["NFS4x"], "Swap", "swap-1", 2048)}};
  tell("createVirtualVolume", {{"volumes", json(made.size())}});
  const auto running = client.ask(&Proxy::getCurrentTask, _msg__getCurrentTask()).return_;
  tell("getCurrentTask", {{"running", json(running.size())}});
  _msg__prepareForBindingChange move;
  move.vvolId = {made.at("SCSI")};
  move.destHostId = uuid();
  const vvol__TaskInfo *task = finished(client, client.ask(&Proxy::prepareForBindingChange, move).return_);
  const auto late = with(&_msg__cancelTask::taskId, task->taskId);
  tell("cancelTask", {{"ended", json(client.fault(&Proxy::cancelTask, late))}});
  return made;
}

static vector<vvol__VirtualVolumeInfo *> infos(Client &client, const vector<string> &ids) {
  return client.ask(&Proxy::queryVirtualVolumeInfo, with(&_msg__queryVirtualVolumeInfo::vvolId, ids)).return_;
}

static string metadata(const vvol__VirtualVolumeInfo *info, const string &name) {
  for (data__NameValuePair *each : info->metadata)
    if (given(each->parameterName) == name) return given(each->parameterValue);
  throw std::runtime_error("no metadata " + name);
}

static void query(Client &client, const Names &made) {
  vvol__QueryConstraint *constraint = soap_new_vvol__QueryConstraint(client.soap());
  constraint->key = "VMW_VVolName";
  constraint->value = client.text(NAME);
  const auto of = with(&_msg__queryVirtualVolume::searchConstraint, {constraint});
  const vector<string> found = client.ask(&Proxy::queryVirtualVolume, of).return_;
  require(found == vector<string>{made.at("SCSI")}, "the volume is found by its name");
  tell("queryVirtualVolume", {{"found", json(found.size())}});
  const vector<string> ids = values(made);
  const auto known = infos(client, ids);
  require(known.size() == ids.size(), "all volumes are known");
  for (size_t i = 0; i < ids.size(); ++i) {
    require(known[i]->vvolId == ids[i], "in the order asked");
    if (ids[i] == made.at("SCSI")) require(metadata(known[i], "VMW_VVolName") == NAME, "another name");
  }
  tell("queryVirtualVolumeInfo", {{"count", json(known.size())}});
}

static void change(Client &client, const string &id) {
  _msg__updateVirtualVolumeMetaData request;
  request.vvolId = id;
  request.keyValuePair = {pair(client, "com.example.note", NAME)};
  client.ask(&Proxy::updateVirtualVolumeMetaData, request);
  const string kept = metadata(infos(client, {id}).at(0), "com.example.note");
  tell("updateVirtualVolumeMetaData", {{"kept", json(kept == NAME)}});
}

static void remove_all(Client &client, const Names &made) {
  for (const string &id : values(made)) remove(client, id);
  require(infos(client, values(made)).empty(), "a deleted volume is still known");
  tell("deleteVirtualVolume", {{"count", json(made.size())}});
  const auto again = with(&_msg__deleteVirtualVolume::vvolId, made.at("SCSI"));
  tell("delete again", {{"fault", json(client.fault(&Proxy::deleteVirtualVolume, again))}});
}

// Events of the volume's life arrive, numbered upwards; alarms can be asked for.
static void news(Client &client, const string &id) {
  LONG64 last = -1;
  bool made = false, gone = false;
  for (int tries = 0; tries < 100 && !(made && gone); ++tries) {
    const auto events = client.ask(&Proxy::getEvents, with(&_msg__getEvents::lastEventId, &last)).return_;
    for (data__StorageEvent *each : events) {
      require(given(each->eventId) > last, "events are numbered upwards");
      last = *each->eventId;
      if (each->objectId == nullptr || *each->objectId != id) continue;
      made = made || given(each->eventConfigType) == "New";
      gone = gone || given(each->eventConfigType) == "Delete";
    }
    if (events.empty()) usleep(100000);
  }
  require(made && gone, "the volume's events did not come");
  tell("getEvents", {{"some", json(true)}});
  client.ask(&Proxy::getAlarms, _msg__getAlarms());
  tell("getAlarms", {{"list", json(true)}});
}

static void refusals(Client &client) {
  const auto nowhere = new_volume(client, uuid(), "Data", "nowhere", 1);
  const string name = client.fault(&Proxy::createVirtualVolume, nowhere);
  tell("unknown container", {{"fault", json(name)}, {"text", json(client.reason())}});
}

#endif
