"""The part of the zeep story about what shares content: snapshots, clones, differences, space, profiles
and moves. Nothing is written to the volumes; what is told here is that a foreign client can ask for all of
it and understands the answers."""

import datetime
import uuid

from volumes import create, finished
from wire import tell, type_name

MB = 1 << 20
PROFILE = {
    "profileId": "f4e5bade-15a2-4805-bf8e-52318c4ce443",
    "name": "no requirements",
    "createdBy": "story",
    "creationTime": datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc),
    "generationId": 2**60 + 1,
}


def named(name):
    return [{"parameterName": "VMW_VVolName", "parameterValue": name}]


def copies_story(caller, containers):
    service = caller.service
    cookie = service.setStorageContainerContext(containerId=containers["SCSI"], userId="root")
    tell("setStorageContainerContext", opaque=len(cookie) > 20)
    volume = create(caller, containers["SCSI"], "Data", "origin", 10)
    succeeded(caller, service.resizeVirtualVolume(vvolId=volume, sizeInMB=20, containerCookie=cookie))
    tell("resizeVirtualVolume", smaller=caller.fault_of("resizeVirtualVolume", vvolId=volume, sizeInMB=1)[0])
    snapshot = taken(caller, volume)
    made = copied(caller, containers, volume, snapshot)
    differences(caller, volume, snapshot, made)
    space(caller, containers, volume)
    succeeded(caller, service.revertVirtualVolume(vvolId=volume, snapshotVvolId=snapshot))
    foreign = caller.fault_of("revertVirtualVolume", vvolId=made[0], snapshotVvolId=snapshot)
    tell("revertVirtualVolume", foreign=foreign[0])
    profile(caller, volume)
    moves(caller, volume)
    for vvol_id in [snapshot, volume, *made]:
        service.deleteVirtualVolume(vvolId=vvol_id)
    tell("copies deleted")


def succeeded(caller, task):
    ended = finished(caller, task)
    assert ended.taskState == "Success" and ended.error is None, ended
    return ended.result


def taken(caller, volume):
    """A snapshot, taken beside one that nobody has prepared."""
    task = caller.service.prepareToSnapshotVirtualVolume(vvolId=volume, snapType="SnapshotReadOnly")
    prepared = succeeded(caller, task)
    assert prepared.parentInfo.vvolId == volume and prepared.parentStats.logical == 20, prepared
    tell("prepareToSnapshotVirtualVolume")
    entries = [prepared.snapshotId, f"rfc4122.{uuid.uuid4()}"]
    rows = caller.service.snapshotVirtualVolume(
        snapshotInfo=[{"vvolId": each, "metadata": named("snapshot")} for each in entries],
        timeoutMS=30000,
    )
    assert [row.uniqueId for row in rows] == entries, rows
    assert rows[0].errorResult is None, rows[0]
    tell("snapshotVirtualVolume", unprepared=type_name(rows[1].errorResult.error[0]))
    return prepared.snapshotId


def copied(caller, containers, volume, snapshot):
    service = caller.service
    full = succeeded(
        caller,
        service.cloneVirtualVolume(
            vvolId=snapshot, newContainerId=containers["NFS"], metadata=named("full")
        ),
    )
    tell("cloneVirtualVolume")
    fast = succeeded(
        caller,
        service.fastCloneVirtualVolume(vvolId=snapshot, newProfile=PROFILE, metadata=named("fast")),
    )
    tell("fastCloneVirtualVolume")
    diffs = {"srcVVolId": volume, "srcBaseVVolId": snapshot, "dstVVolId": full}
    assert succeeded(caller, service.copyDiffsToVirtualVolume(**diffs)) is None
    unrelated = caller.fault_of("copyDiffsToVirtualVolume", **{**diffs, "srcBaseVVolId": full})
    tell("copyDiffsToVirtualVolume", unrelated=unrelated[0])
    return [full, fast]


def differences(caller, volume, snapshot, made):
    segment = {"segmentStartOffsetBytes": 0, "segmentLengthBytes": 20 * MB}
    chunks = {**segment, "chunkSizeBytes": MB}
    service = caller.service
    # zeep gives a result of one element as that element.
    assert service.allocatedBitmapVirtualVolume(vvolId=volume, **chunks) == bytes(3)
    tell("allocatedBitmapVirtualVolume")
    pair = {"vvolId": volume, "baseVvolId": snapshot}
    assert service.unsharedBitmapVirtualVolume(**pair, **chunks) == bytes(3)
    strangers = caller.fault_of("unsharedBitmapVirtualVolume", vvolId=made[0], baseVvolId=volume, **chunks)
    tell("unsharedBitmapVirtualVolume", unrelated=strangers[0])
    counted = service.unsharedChunksVirtualVolume(**pair, **segment)
    assert counted.unsharedChunks == 0 and counted.chunkSizeBytes > 0, counted
    tell("unsharedChunksVirtualVolume")


def space(caller, containers, volume):
    [stats] = caller.service.spaceStatsForVirtualVolume(vvolId=[volume, f"rfc4122.{uuid.uuid4()}"])
    assert (stats.objectId, stats.logical) == (volume, 20), stats
    tell("spaceStatsForVirtualVolume")
    [stats] = caller.service.spaceStatsForStorageContainer(containerId=containers["SCSI"])
    assert stats.physicalUsed + stats.physicalFree == stats.physicalTotal > 0, stats
    tell("spaceStatsForStorageContainer")


def profile(caller, volume):
    task = caller.service.updateStorageProfileForVirtualVolume(vvolId=volume, newStorageProfile=PROFILE)
    succeeded(caller, task)
    [info] = caller.service.queryVirtualVolumeInfo(vvolId=[volume])
    pairs = {pair.parameterName: pair.parameterValue for pair in info.metadata}
    tell("updateStorageProfileForVirtualVolume", named=pairs["VMW_VvolProfile"])


def moves(caller, volume):
    service = caller.service
    succeeded(caller, service.prepareForBindingChange(vvolId=[volume], destHostId=str(uuid.uuid4())))
    for end in ("bindingChangeComplete", "cancelBindingChange"):
        [good, bad] = service[end](vvolId=[volume, f"rfc4122.{uuid.uuid4()}"])
        assert good.errorResult is None, good
        tell(end, unknown=type_name(bad.errorResult.error[0]))
