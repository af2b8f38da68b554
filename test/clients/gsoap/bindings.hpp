// The part of the gSOAP story about how volumes are bound and unbound.
#ifndef KEELSON_TEST_BINDINGS_HPP
#define KEELSON_TEST_BINDINGS_HPP

#include "volumes.hpp"

using Handles = vector<vvol__VirtualVolumeHandle *>;

static vector<vvol__BatchVirtualVolumeHandleResult *> bound(Client &client, const vector<string> &ids) {
  _msg__bindVirtualVolume request;
  request.vvolId = ids;
  request.bindContext = "Normal";
  const auto rows = client.ask(&Proxy::bindVirtualVolume, request).return_;
  require(rows.size() == ids.size(), "one answer each");
  for (size_t i = 0; i < ids.size(); ++i) require(rows[i]->vvolId == ids[i], "in the order asked");
  return rows;
}

static Handles bind(Client &client, const vector<string> &ids) {
  Handles handles;
  for (auto *each : bound(client, ids)) {
    require(each->fault == nullptr && each->vvolHandle != nullptr, "not bound");
    handles.push_back(each->vvolHandle);
  }
  return handles;
}

static vector<vvol__BatchReturnStatus *> unbound(Client &client, const Handles &handles) {
  _msg__unbindVirtualVolume request;
  request.vvolHandle = handles;
  request.unbindContext = "Normal";
  return client.ask(&Proxy::unbindVirtualVolume, request).return_;
}

// The one fault of a row of an answer that says of each item only whether it succeeded.
static string item_fault(const vvol__BatchReturnStatus *row) {
  const auto &errors = given(row->errorResult, "the item's fault").error;
  require(errors.size() == 1, "one fault for one item");
  return fault_name(errors[0]);
}

static string place(const vvol__VirtualVolumeHandle *handle) {
  return given(handle->peInBandId->lunId, "lunId") + " " + handle->vvolSecondaryId;
}

static void check_again(Client &client, const vector<string> &ids, const Handles &handles) {
  const Handles again = bind(client, ids);
  for (size_t i = 0; i < ids.size(); ++i) {
    require(place(handles[i]).rfind("naa.", 0) == 0, "an endpoint no host can find");
    require(given(again[i]->uniqueIdentifier) == given(handles[i]->uniqueIdentifier) &&
                place(again[i]) == place(handles[i]),
            "another handle on the second bind");
  }
  require(place(handles[0]) != place(handles[1]), "two volumes at one place");
  tell("bindVirtualVolume again");
}

static Handles bind_files(Client &client, const Names &made) {
  vector<string> protocols;
  Handles files;
  for (const char *name : {"NFS", "NFS4x"}) {
    files.push_back(bind(client, {made.at(name)}).at(0));
    protocols.push_back(files.back()->peInBandId->protocolEndpointType);
  }
  tell("bindVirtualVolume files", {{"protocols", json(protocols)}});
  return files;
}

static void bind_unknown(Client &client, const string &id) {
  const auto rows = bound(client, {id, unknown_volume()});
  require(rows[0]->fault == nullptr && rows[1]->vvolHandle == nullptr, "the known volume alone is bound");
  tell("bindVirtualVolume unknown", {{"item", json(fault_name(rows[1]->fault))}});
  const auto in_use = with(&_msg__deleteVirtualVolume::vvolId, id);
  tell("delete while bound", {{"fault", json(client.fault(&Proxy::deleteVirtualVolume, in_use))}});
}

static void unbind_from_hosts(Client &client, const vector<string> &ids) {
  bind(client, ids);
  const vector<string> three = {ids[0], ids[1], unknown_volume()};
  const auto of = with(&_msg__unbindVirtualVolumeFromAllHost::vvolId, three);
  const auto rows = client.ask(&Proxy::unbindVirtualVolumeFromAllHost, of).return_;
  require(rows.size() == 3 && rows[0]->errorResult == nullptr && rows[1]->errorResult == nullptr,
          "two of three");
  tell("unbindVirtualVolumeFromAllHost", {{"item", json(item_fault(rows[2]))}});
  bind(client, ids);
  client.ask(&Proxy::unbindAllVirtualVolumesFromHost, _msg__unbindAllVirtualVolumesFromHost());
  tell("unbindAllVirtualVolumesFromHost");
}

static void bind_and_unbind(Client &client, const Names &made) {
  const vector<string> scsi = {made.at("SCSI"), made.at("SCSI data")};
  Handles handles = bind(client, scsi);
  tell("bindVirtualVolume", {{"handles", json(handles.size())}});
  check_again(client, scsi, handles);
  for (auto *each : bind_files(client, made)) handles.push_back(each);
  bind_unknown(client, scsi[0]);
  const auto rows = unbound(client, handles);
  for (vvol__BatchReturnStatus *each : rows) require(each->errorResult == nullptr, "not unbound");
  tell("unbindVirtualVolume", {{"count", json(rows.size())}});
  unbind_from_hosts(client, scsi);
  handles[0]->uniqueIdentifier = client.text(unknown_volume());
  tell("unbindVirtualVolume unknown", {{"item", json(item_fault(unbound(client, {handles[0]}).at(0)))}});
}

#endif
