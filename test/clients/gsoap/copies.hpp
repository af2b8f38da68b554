// The part of the gSOAP story about what shares content: snapshots, clones, differences, space, profiles and
// moves. The same steps as the zeep story's.
#ifndef KEELSON_TEST_COPIES_HPP
#define KEELSON_TEST_COPIES_HPP

#include "bindings.hpp"

static const LONG64 MB = 1 << 20;

static profile__StorageProfile *new_profile(Client &client, const string &id, const string &name) {
  profile__StorageProfile *made = soap_new_profile__StorageProfile(client.soap());
  made->profileId = id;
  made->name = name;
  made->createdBy = "story";
  made->creationTime = 1767312000;
  made->generationId = (1LL << 60) + 1;
  return made;
}

static profile__StorageProfile *no_requirements(Client &client) {
  return new_profile(client, "f4e5bade-15a2-4805-bf8e-52318c4ce443", "no requirements");
}

// The fault of the second of two items, of which the first succeeded.
static string second_fault(const vector<vvol__BatchReturnStatus *> &rows) {
  require(rows.size() == 2 && rows[0]->errorResult == nullptr, "the first of two succeeds");
  return item_fault(rows[1]);
}

static void enter_and_resize(Client &client, const string &container, const string &volume) {
  _msg__setStorageContainerContext context;
  context.containerId = container;
  context.userId = "root";
  string cookie = client.ask(&Proxy::setStorageContainerContext, context).return_;
  tell("setStorageContainerContext", {{"opaque", json(cookie.size() > 20)}});
  _msg__resizeVirtualVolume resize;
  resize.vvolId = volume;
  resize.sizeInMB = 20;
  resize.containerCookie = &cookie;
  succeeded(client, client.ask(&Proxy::resizeVirtualVolume, resize).return_);
  resize.sizeInMB = 1;
  tell("resizeVirtualVolume", {{"smaller", json(client.fault(&Proxy::resizeVirtualVolume, resize))}});
}

static vvol__VirtualVolumeInfo *entry(Client &client, const string &id) {
  vvol__VirtualVolumeInfo *made = soap_new_vvol__VirtualVolumeInfo(client.soap());
  made->vvolId = id;
  made->metadata = {pair(client, "VMW_VVolName", "snapshot")};
  return made;
}

// A snapshot, taken beside one that nobody has prepared.
static string taken(Client &client, const string &volume) {
  _msg__prepareToSnapshotVirtualVolume prepare;
  prepare.vvolId = volume;
  prepare.snapType = "SnapshotReadOnly";
  auto *ended = succeeded(client, client.ask(&Proxy::prepareToSnapshotVirtualVolume, prepare).return_);
  auto *prepared = dynamic_cast<vvol__PrepareSnapshotResult *>(ended->result);
  require(prepared != nullptr, "the task's result is no PrepareSnapshotResult");
  require(prepared->parentInfo->vvolId == volume && prepared->parentStats->logical == 20, "another parent");
  tell("prepareToSnapshotVirtualVolume");
  _msg__snapshotVirtualVolume request;
  request.snapshotInfo = {entry(client, prepared->snapshotId), entry(client, unknown_volume())};
  request.timeoutMS = 30000;
  const auto rows = client.ask(&Proxy::snapshotVirtualVolume, request).return_;
  tell("snapshotVirtualVolume", {{"unprepared", json(second_fault(rows))}});
  return prepared->snapshotId;
}

static vector<string> copied(Client &client, const string &volume, const string &snapshot, string container) {
  _msg__cloneVirtualVolume clone;
  clone.vvolId = snapshot;
  clone.newContainerId = &container;
  clone.metadata = {pair(client, "VMW_VVolName", "full")};
  const string full = created_id(client, client.ask(&Proxy::cloneVirtualVolume, clone).return_);
  tell("cloneVirtualVolume");
  _msg__fastCloneVirtualVolume link;
  link.vvolId = snapshot;
  link.newProfile = no_requirements(client);
  link.metadata = {pair(client, "VMW_VVolName", "fast")};
  const string fast = created_id(client, client.ask(&Proxy::fastCloneVirtualVolume, link).return_);
  tell("fastCloneVirtualVolume");
  _msg__copyDiffsToVirtualVolume diffs;
  diffs.srcVVolId = volume;
  diffs.srcBaseVVolId = snapshot;
  diffs.dstVVolId = full;
  succeeded(client, client.ask(&Proxy::copyDiffsToVirtualVolume, diffs).return_);
  diffs.srcBaseVVolId = full;
  tell("copyDiffsToVirtualVolume",
       {{"unrelated", json(client.fault(&Proxy::copyDiffsToVirtualVolume, diffs))}});
  return {full, fast};
}

// The first 20 MB of `volume`, as a request for chunks of it.
template <class Request>
static Request segment(const string &volume) {
  Request request;
  request.vvolId = volume;
  request.segmentStartOffsetBytes = 0;
  request.segmentLengthBytes = 20 * MB;
  return request;
}

static bool three_empty_bytes(const vvol__VirtualVolumeBitmapResult *result) {
  const xsd__base64Binary &bitmap = result->chunkBitmap;
  return string(reinterpret_cast<char *>(bitmap.__ptr), bitmap.__size) == string(3, '\0');
}

static void differences(Client &client, const string &volume, const string &snapshot, const string &stranger) {
  auto allocated = segment<_msg__allocatedBitmapVirtualVolume>(volume);
  allocated.chunkSizeBytes = MB;
  require(three_empty_bytes(client.ask(&Proxy::allocatedBitmapVirtualVolume, allocated).return_),
          "nothing was written to 20 chunks");
  tell("allocatedBitmapVirtualVolume");
  auto unshared = segment<_msg__unsharedBitmapVirtualVolume>(volume);
  unshared.baseVvolId = snapshot;
  unshared.chunkSizeBytes = MB;
  require(three_empty_bytes(client.ask(&Proxy::unsharedBitmapVirtualVolume, unshared).return_),
          "nothing was written, and yet it differs");
  unshared.vvolId = stranger;
  unshared.baseVvolId = volume;
  tell("unsharedBitmapVirtualVolume",
       {{"unrelated", json(client.fault(&Proxy::unsharedBitmapVirtualVolume, unshared))}});
  auto chunks = segment<_msg__unsharedChunksVirtualVolume>(volume);
  chunks.baseVvolId = client.text(snapshot);
  const auto *count = client.ask(&Proxy::unsharedChunksVirtualVolume, chunks).return_;
  require(count->unsharedChunks == 0 && count->chunkSizeBytes > 0, "chunks of nobody");
  tell("unsharedChunksVirtualVolume");
}

static void space(Client &client, const string &volume, const string &container) {
  const vector<string> ids = {volume, unknown_volume()};
  const auto of = with(&_msg__spaceStatsForVirtualVolume::vvolId, ids);
  const auto stats = client.ask(&Proxy::spaceStatsForVirtualVolume, of).return_;
  require(stats.size() == 1 && stats[0]->objectId == volume && stats[0]->logical == 20,
          "the known volume alone");
  tell("spaceStatsForVirtualVolume");
  const auto whole = with(&_msg__spaceStatsForStorageContainer::containerId, container);
  const auto *each = client.ask(&Proxy::spaceStatsForStorageContainer, whole).return_.at(0);
  require(each->physicalUsed + each->physicalFree == each->physicalTotal && each->physicalTotal > 0,
          "space that does not add up");
  tell("spaceStatsForStorageContainer");
}

static void revert(Client &client, const string &volume, const string &snapshot, const string &stranger) {
  _msg__revertVirtualVolume request;
  request.vvolId = volume;
  request.snapshotVvolId = snapshot;
  succeeded(client, client.ask(&Proxy::revertVirtualVolume, request).return_);
  request.vvolId = stranger;
  tell("revertVirtualVolume", {{"foreign", json(client.fault(&Proxy::revertVirtualVolume, request))}});
}

static void profile(Client &client, const string &volume) {
  _msg__updateStorageProfileForVirtualVolume request;
  request.vvolId = volume;
  request.newStorageProfile = no_requirements(client);
  succeeded(client, client.ask(&Proxy::updateStorageProfileForVirtualVolume, request).return_);
  const string named = metadata(infos(client, {volume}).at(0), "VMW_VvolProfile");
  tell("updateStorageProfileForVirtualVolume", {{"named", json(named)}});
}

static void moves(Client &client, const string &volume) {
  _msg__prepareForBindingChange prepare;
  prepare.vvolId = {volume};
  prepare.destHostId = uuid();
  succeeded(client, client.ask(&Proxy::prepareForBindingChange, prepare).return_);
  const vector<string> two = {volume, unknown_volume()};
  const auto complete = with(&_msg__bindingChangeComplete::vvolId, two);
  const auto completed = client.ask(&Proxy::bindingChangeComplete, complete).return_;
  tell("bindingChangeComplete", {{"unknown", json(second_fault(completed))}});
  const auto cancel = with(&_msg__cancelBindingChange::vvolId, two);
  const auto cancelled = client.ask(&Proxy::cancelBindingChange, cancel).return_;
  tell("cancelBindingChange", {{"unknown", json(second_fault(cancelled))}});
}

static void copies_story(Client &client, Names &containers) {
  const string volume = create(client, containers["SCSI"], "Data", "origin", 10);
  enter_and_resize(client, containers["SCSI"], volume);
  const string snapshot = taken(client, volume);
  const vector<string> made = copied(client, volume, snapshot, containers["NFS"]);
  differences(client, volume, snapshot, made[0]);
  space(client, volume, containers["SCSI"]);
  revert(client, volume, snapshot, made[0]);
  profile(client, volume);
  moves(client, volume);
  for (const string &id : {snapshot, volume, made[0], made[1]}) remove(client, id);
  tell("copies deleted");
}

#endif
