"""The part of the zeep story that a host tells: what is there to store on, and the life of volumes."""

import re
import time
import uuid

from wire import tell, type_name

NAME = "über <vm> & co"


def host_story(caller):
    """Gives container ids by protocol."""
    containers = inventory(caller)
    made = create_one_each(caller, containers)
    query(caller, made)
    change(caller, made["SCSI"])
    bind_and_unbind(caller, made)
    delete(caller, made)
    news(caller, made)
    refusals(caller)
    return containers


def inventory(caller):
    """What there is to store on. Gives container ids by protocol."""
    service = caller.service
    arrays = service.queryArrays(arrayUniqueId=[])
    assert all("VirtualVolumeProfile" in array.supportedProfile for array in arrays)
    tell("queryArrays", count=len(arrays))
    array_id = arrays[0].uniqueIdentifier

    ids = service.queryStorageContainerForArray(arrayId=array_id)
    containers = service.queryStorageContainer(containerId=ids)
    assert [container.uniqueIdentifier for container in containers] == ids, "in the order asked"
    by_protocol = {}
    for each in containers:
        by_protocol.setdefault(each.protocolEndPointType, each.uniqueIdentifier)
    tell("queryStorageContainer", protocols=sorted(by_protocol))

    endpoint_ids = service.queryProtocolEndpointForArray(arrayId=array_id)
    endpoints = service.queryProtocolEndpoint(peId=endpoint_ids)
    assert [endpoint.uniqueIdentifier for endpoint in endpoints] == endpoint_ids
    tell(
        "queryProtocolEndpoint",
        protocols=sorted({each.inBandId.protocolEndpointType for each in endpoints}),
    )
    service.setPEContext(listOfHostPE=endpoints)
    tell("setPEContext")
    return by_protocol


def finished(caller, task):
    """The task when it has ended, by polling as a host does."""
    deadline = time.monotonic() + 10
    polled = caller.service.getTaskUpdate(taskId=task.taskId)
    while polled.taskState in ("Queued", "Running") and time.monotonic() < deadline:
        time.sleep(0.1)
        polled = caller.service.getTaskUpdate(taskId=task.taskId)
    return polled


def create(caller, container, kind, name, megabytes):
    task = caller.service.createVirtualVolume(
        containerId=container,
        vvolType=kind,
        sizeInMB=megabytes,
        metadata=[
            {"parameterName": "VMW_VVolName", "parameterValue": name},
            {"parameterName": "VMW_VVolType", "parameterValue": kind},
        ],
    )
    ended = finished(caller, task)
    assert ended.taskState == "Success" and ended.error is None, ended
    assert re.fullmatch(r"rfc4122\.[0-9a-f-]{36}", ended.result), ended.result
    return ended.result


def create_one_each(caller, containers):
    made = {
        "SCSI": create(caller, containers["SCSI"], "Config", NAME, 4096),
        "SCSI data": create(caller, containers["SCSI"], "Data", "disk-1", 10240),
        "NFS": create(caller, containers["NFS"], "Data", "disk-2", 1024),
        "NFS4x": create(caller, containers["NFS4x"], "Swap", "swap-1", 2048),
    }
    tell("createVirtualVolume", volumes=len(set(made.values())))
    running = caller.service.getCurrentTask() or []
    tell("getCurrentTask", running=len(running))
    task = caller.service.prepareForBindingChange(vvolId=[made["SCSI"]], destHostId=str(uuid.uuid4()))
    finished(caller, task)
    tell("cancelTask", ended=caller.fault_of("cancelTask", taskId=task.taskId)[0])
    return made


def query(caller, made):
    found = caller.service.queryVirtualVolume(
        searchConstraint=[{"key": "VMW_VVolName", "value": NAME}]
    )
    assert found == [made["SCSI"]], found
    tell("queryVirtualVolume", found=len(found))
    infos = caller.service.queryVirtualVolumeInfo(vvolId=list(made.values()))
    assert [info.vvolId for info in infos] == list(made.values()), "in the order asked"
    pairs = {pair.parameterName: pair.parameterValue for pair in infos[0].metadata}
    assert pairs["VMW_VVolName"] == NAME, pairs
    tell("queryVirtualVolumeInfo", count=len(infos))


def change(caller, vvol_id):
    pair = {"parameterName": "com.example.note", "parameterValue": NAME}
    caller.service.updateVirtualVolumeMetaData(vvolId=vvol_id, keyValuePair=[pair])
    [info] = caller.service.queryVirtualVolumeInfo(vvolId=[vvol_id])
    pairs = {pair.parameterName: pair.parameterValue for pair in info.metadata}
    tell("updateVirtualVolumeMetaData", kept=pairs["com.example.note"] == NAME)


def bind(caller, vvol_ids):
    results = caller.service.bindVirtualVolume(vvolId=vvol_ids, bindContext="Normal")
    assert [result.vvolId for result in results] == vvol_ids, "one answer each, in order"
    assert all(result.fault is None for result in results), results
    return [result.vvolHandle for result in results]


def path_of(handle):
    place = handle.peInBandId
    return (handle.uniqueIdentifier, place.protocolEndpointType, place.lunId, handle.vvolSecondaryId)


def bind_and_unbind(caller, made):
    scsi = [made["SCSI"], made["SCSI data"]]
    handles = bind(caller, scsi)
    assert len({path_of(handle) for handle in handles}) == 2
    assert all(handle.peInBandId.lunId.startswith("naa.") for handle in handles)
    tell("bindVirtualVolume", handles=len(handles))
    again = bind(caller, scsi)
    assert [path_of(handle) for handle in again] == [path_of(handle) for handle in handles]
    tell("bindVirtualVolume again")
    files = bind(caller, [made["NFS"]]) + bind(caller, [made["NFS4x"]])
    tell("bindVirtualVolume files", protocols=[each.peInBandId.protocolEndpointType for each in files])

    unknown = f"rfc4122.{uuid.uuid4()}"
    mixed = caller.service.bindVirtualVolume(vvolId=[made["SCSI"], unknown], bindContext="Normal")
    assert mixed[0].fault is None and mixed[1].vvolHandle is None
    tell("bindVirtualVolume unknown", item=type_name(mixed[1].fault))
    tell("delete while bound", fault=caller.fault_of("deleteVirtualVolume", vvolId=made["SCSI"])[0])

    statuses = caller.service.unbindVirtualVolume(
        vvolHandle=handles + files, unbindContext="Normal"
    )
    assert all(status.errorResult is None for status in statuses), statuses
    tell("unbindVirtualVolume", count=len(statuses))
    bind(caller, scsi)
    statuses = caller.service.unbindVirtualVolumeFromAllHost(vvolId=[*scsi, unknown])
    assert [status.errorResult is None for status in statuses] == [True, True, False], statuses
    tell("unbindVirtualVolumeFromAllHost", item=type_name(statuses[2].errorResult.error[0]))
    bind(caller, scsi)
    caller.service.unbindAllVirtualVolumesFromHost()
    tell("unbindAllVirtualVolumesFromHost")
    refused = caller.service.unbindVirtualVolume(
        vvolHandle=[{**handle_arguments(handles[0]), "uniqueIdentifier": unknown}],
        unbindContext="Normal",
    )
    tell("unbindVirtualVolume unknown", item=type_name(refused[0].errorResult.error[0]))


def handle_arguments(handle):
    return {"peInBandId": handle.peInBandId, "vvolSecondaryId": handle.vvolSecondaryId}


def delete(caller, made):
    for vvol_id in made.values():
        caller.service.deleteVirtualVolume(vvolId=vvol_id)
    assert not caller.service.queryVirtualVolumeInfo(vvolId=list(made.values()))
    tell("deleteVirtualVolume", count=len(made))
    tell("delete again", fault=caller.fault_of("deleteVirtualVolume", vvolId=made["SCSI"])[0])


def news(caller, made):
    """Events of the volumes' lives arrive, numbered upwards; alarms can be asked for."""
    deadline = time.monotonic() + 10
    seen, last = [], None
    while time.monotonic() < deadline:
        events = caller.service.getEvents(lastEventId=last) or []
        seen += events
        last = events[-1].eventId if events else last
        if {("New", made["SCSI"]), ("Delete", made["SCSI"])} <= {
            (event.eventConfigType, event.objectId) for event in seen
        }:
            break
        time.sleep(0.1)
    else:
        raise AssertionError(f"the volume's events did not come: {len(seen)} others did")
    numbers = [event.eventId for event in seen]
    assert numbers == sorted(set(numbers)), "numbered upwards"
    tell("getEvents", some=len(seen) > 0)
    tell("getAlarms", list=isinstance(caller.service.getAlarms() or [], list))


def refusals(caller):
    name, text = caller.fault_of(
        "createVirtualVolume",
        containerId=str(uuid.uuid4()),
        vvolType="Data",
        sizeInMB=1,
        metadata=[{"parameterName": "VMW_VVolName", "parameterValue": "nowhere"}],
    )
    tell("unknown container", fault=name, text=text)
