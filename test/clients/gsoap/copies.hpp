// The part of the gSOAP story about what shares content: snapshots, clones, differences, space, profiles and
// moves. The same steps as the zeep story's.
#ifndef KEELSON_TEST_COPIES_HPP
#define KEELSON_TEST_COPIES_HPP

#include "volumes.hpp"

static const LONG64 MB = 1 << 20;

static vvol__TaskInfo *succeeded(Client &client, vvol__TaskInfo *task) {
  _msg__getTaskUpdate poll;
  poll.taskId = task->taskId;
  _msg__getTaskUpdateResponse update;
  for (int tries = 0; tries < 100; ++tries) {
    client.check(client.proxy.getTaskUpdate(&poll, update), "getTaskUpdate");
    if (update.return_->taskState != "Queued" && update.return_->taskState != "Running") break;
    usleep(100000);
  }
  require(update.return_->taskState == "Success", task->name + " ended in " + update.return_->taskState);
  require(update.return_->error == nullptr, task->name + " succeeded with an error");
  return update.return_;
}

// The answers that say of each volume only whether it succeeded: the first did; the fault of the second.
static string second_fault(const vector<vvol__BatchReturnStatus *> &rows) {
  require(rows.size() == 2 && rows[0]->errorResult == nullptr, "the first of two succeeds");
  require(rows[1]->errorResult != nullptr && rows[1]->errorResult->error.size() == 1, "the second fails");
  return fault_name(rows[1]->errorResult->error[0]);
}

static void enter_and_resize(Client &client, const string &container, const string &volume) {
  _msg__setStorageContainerContext context;
  context.containerId = container;
  context.userId = "root";
  _msg__setStorageContainerContextResponse cookie;
  client.check(client.proxy.setStorageContainerContext(&context, cookie), "setStorageContainerContext");
  tell("setStorageContainerContext");
  _msg__resizeVirtualVolume resize;
  resize.vvolId = volume;
  resize.sizeInMB = 5000;
  resize.containerCookie = &cookie.return_;
  _msg__resizeVirtualVolumeResponse reply;
  client.check(client.proxy.resizeVirtualVolume(&resize, reply), "resizeVirtualVolume");
  succeeded(client, reply.return_);
  resize.sizeInMB = 1;
  tell("resizeVirtualVolume", "smaller",
       client.fault(client.proxy.resizeVirtualVolume(&resize, reply), "resizeVirtualVolume"));
}

static vvol__VirtualVolumeInfo *entry(Client &client, const string &id) {
  struct soap *soap = client.proxy.soap;
  vvol__VirtualVolumeInfo *made = soap_new_vvol__VirtualVolumeInfo(soap);
  made->vvolId = id;
  made->metadata.push_back(pair(soap, "VMW_VVolName", "snapshot"));
  return made;
}

static string taken(Client &client, const string &volume) {
  _msg__prepareToSnapshotVirtualVolume prepare;
  prepare.vvolId = volume;
  prepare.snapType = "SnapshotReadOnly";
  _msg__prepareToSnapshotVirtualVolumeResponse task;
  client.check(client.proxy.prepareToSnapshotVirtualVolume(&prepare, task), "prepareToSnapshotVirtualVolume");
  vvol__TaskInfo *ended = succeeded(client, task.return_);
  auto *prepared = dynamic_cast<vvol__PrepareSnapshotResult *>(ended->result);
  require(prepared != nullptr, "the task's result is no PrepareSnapshotResult");
  require(prepared->parentInfo->vvolId == volume && prepared->parentStats->logical == 5000, "another parent");
  const string id = prepared->snapshotId;
  tell("prepareToSnapshotVirtualVolume");
  _msg__snapshotVirtualVolume request;
  request.snapshotInfo = {entry(client, id), entry(client, "rfc4122." + uuid())};
  request.timeoutMS = 30000;
  _msg__snapshotVirtualVolumeResponse rows;
  client.check(client.proxy.snapshotVirtualVolume(&request, rows), "snapshotVirtualVolume");
  tell("snapshotVirtualVolume", "unprepared", second_fault(rows.return_));
  return id;
}

static vector<string> copied(Client &client, const string &volume, const string &snapshot, string container) {
  _msg__cloneVirtualVolume clone;
  clone.vvolId = snapshot;
  clone.newContainerId = &container;
  clone.metadata.push_back(pair(client.proxy.soap, "VMW_VVolName", "full"));
  _msg__cloneVirtualVolumeResponse full;
  client.check(client.proxy.cloneVirtualVolume(&clone, full), "cloneVirtualVolume");
  const string full_id = created_id(client, full.return_);
  tell("cloneVirtualVolume");
  _msg__fastCloneVirtualVolume link;
  link.vvolId = snapshot;
  link.metadata.push_back(pair(client.proxy.soap, "VMW_VVolName", "fast"));
  _msg__fastCloneVirtualVolumeResponse fast;
  client.check(client.proxy.fastCloneVirtualVolume(&link, fast), "fastCloneVirtualVolume");
  const string fast_id = created_id(client, fast.return_);
  tell("fastCloneVirtualVolume");
  _msg__copyDiffsToVirtualVolume diffs;
  diffs.srcVVolId = volume;
  diffs.srcBaseVVolId = snapshot;
  diffs.dstVVolId = full_id;
  _msg__copyDiffsToVirtualVolumeResponse task;
  client.check(client.proxy.copyDiffsToVirtualVolume(&diffs, task), "copyDiffsToVirtualVolume");
  succeeded(client, task.return_);
  diffs.srcBaseVVolId = full_id;
  tell("copyDiffsToVirtualVolume", "unrelated",
       client.fault(client.proxy.copyDiffsToVirtualVolume(&diffs, task), "copyDiffsToVirtualVolume"));
  return {full_id, fast_id};
}

static void differences(Client &client, const string &volume, const string &snapshot, const string &stranger) {
  _msg__allocatedBitmapVirtualVolume allocated;
  allocated.vvolId = volume;
  allocated.segmentStartOffsetBytes = 0;
  allocated.segmentLengthBytes = 20 * MB;
  allocated.chunkSizeBytes = MB;
  _msg__allocatedBitmapVirtualVolumeResponse bitmap;
  client.check(client.proxy.allocatedBitmapVirtualVolume(&allocated, bitmap), "allocatedBitmapVirtualVolume");
  require(bitmap.return_->chunkBitmap.__size == 3, "20 chunks are 3 bytes");
  tell("allocatedBitmapVirtualVolume");
  _msg__unsharedBitmapVirtualVolume unshared;
  unshared.vvolId = volume;
  unshared.baseVvolId = snapshot;
  unshared.segmentStartOffsetBytes = 0;
  unshared.segmentLengthBytes = 20 * MB;
  unshared.chunkSizeBytes = MB;
  _msg__unsharedBitmapVirtualVolumeResponse differing;
  client.check(client.proxy.unsharedBitmapVirtualVolume(&unshared, differing), "unsharedBitmapVirtualVolume");
  for (int i = 0; i < differing.return_->chunkBitmap.__size; ++i)
    require(differing.return_->chunkBitmap.__ptr[i] == 0, "nothing was written, and yet it differs");
  unshared.baseVvolId = stranger;
  tell("unsharedBitmapVirtualVolume", "unrelated",
       client.fault(client.proxy.unsharedBitmapVirtualVolume(&unshared, differing), "unsharedBitmapVirtualVolume"));
  _msg__unsharedChunksVirtualVolume chunks;
  chunks.vvolId = volume;
  chunks.segmentStartOffsetBytes = 0;
  chunks.segmentLengthBytes = 20 * MB;
  _msg__unsharedChunksVirtualVolumeResponse count;
  client.check(client.proxy.unsharedChunksVirtualVolume(&chunks, count), "unsharedChunksVirtualVolume");
  require(count.return_->unsharedChunks == 0 && count.return_->chunkSizeBytes > 0, "chunks of nobody");
  tell("unsharedChunksVirtualVolume");
}

static void space(Client &client, const string &volume, const string &container) {
  _msg__spaceStatsForVirtualVolume of;
  of.vvolId = {volume, "rfc4122." + uuid()};
  _msg__spaceStatsForVirtualVolumeResponse stats;
  client.check(client.proxy.spaceStatsForVirtualVolume(&of, stats), "spaceStatsForVirtualVolume");
  require(stats.return_.size() == 1 && stats.return_[0]->logical == 5000, "the size of another volume");
  tell("spaceStatsForVirtualVolume");
  _msg__spaceStatsForStorageContainer whole;
  whole.containerId = container;
  _msg__spaceStatsForStorageContainerResponse reply;
  client.check(client.proxy.spaceStatsForStorageContainer(&whole, reply), "spaceStatsForStorageContainer");
  auto *each = reply.return_.at(0);
  require(each->physicalUsed + each->physicalFree == each->physicalTotal, "space that does not add up");
  tell("spaceStatsForStorageContainer");
}

static void revert(Client &client, const string &volume, const string &snapshot, const string &stranger) {
  _msg__revertVirtualVolume request;
  request.vvolId = volume;
  request.snapshotVvolId = snapshot;
  _msg__revertVirtualVolumeResponse task;
  client.check(client.proxy.revertVirtualVolume(&request, task), "revertVirtualVolume");
  succeeded(client, task.return_);
  request.vvolId = stranger;
  tell("revertVirtualVolume", "foreign",
       client.fault(client.proxy.revertVirtualVolume(&request, task), "revertVirtualVolume"));
}

static void profile(Client &client, const string &volume) {
  profile__StorageProfile *wanted = soap_new_profile__StorageProfile(client.proxy.soap);
  wanted->profileId = "f4e5bade-15a2-4805-bf8e-52318c4ce443";
  wanted->name = "no requirements";
  wanted->createdBy = "story";
  wanted->creationTime = 1767312000;
  wanted->generationId = (1LL << 60) + 1;
  _msg__updateStorageProfileForVirtualVolume request;
  request.vvolId = volume;
  request.newStorageProfile = wanted;
  _msg__updateStorageProfileForVirtualVolumeResponse task;
  client.check(client.proxy.updateStorageProfileForVirtualVolume(&request, task), "updateStorageProfile");
  succeeded(client, task.return_);
  tell("updateStorageProfileForVirtualVolume");
}

static void moves(Client &client, const string &volume) {
  _msg__prepareForBindingChange prepare;
  prepare.vvolId.push_back(volume);
  prepare.destHostId = uuid();
  _msg__prepareForBindingChangeResponse task;
  client.check(client.proxy.prepareForBindingChange(&prepare, task), "prepareForBindingChange");
  succeeded(client, task.return_);
  tell("prepareForBindingChange");
  _msg__bindingChangeComplete complete;
  complete.vvolId = {volume, "rfc4122." + uuid()};
  _msg__bindingChangeCompleteResponse completed;
  client.check(client.proxy.bindingChangeComplete(&complete, completed), "bindingChangeComplete");
  tell("bindingChangeComplete", "unknown", second_fault(completed.return_));
  _msg__cancelBindingChange cancel;
  cancel.vvolId = complete.vvolId;
  _msg__cancelBindingChangeResponse cancelled;
  client.check(client.proxy.cancelBindingChange(&cancel, cancelled), "cancelBindingChange");
  tell("cancelBindingChange", "unknown", second_fault(cancelled.return_));
}

static void copies_story(Client &client, std::map<string, string> &containers) {
  const string volume = create(client, containers["SCSI"], "Data", "origin");
  enter_and_resize(client, containers["SCSI"], volume);
  const string snapshot = taken(client, volume);
  const vector<string> made = copied(client, volume, snapshot, containers["NFS"]);
  differences(client, volume, snapshot, made[0]);
  space(client, volume, containers["SCSI"]);
  revert(client, volume, snapshot, made[0]);
  profile(client, volume);
  moves(client, volume);
  _msg__deleteVirtualVolume request;
  __vasa__deleteVirtualVolumeResponse nothing;
  for (const string &id : {snapshot, volume, made[0], made[1]}) {
    request.vvolId = id;
    client.check(client.proxy.deleteVirtualVolume(&request, nothing), "deleteVirtualVolume");
  }
  tell("copies deleted");
}

#endif
