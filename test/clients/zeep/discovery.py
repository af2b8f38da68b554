"""The part of the zeep stories about block and file discovery, which VASA 1.0 and 2.0 share: ids first, details
next, associations last, as vCenter does it. What is told is how much there was of each."""

from wire import tell

KINDS = (
    "StorageArray",
    "StorageProcessor",
    "StoragePort",
    "StorageLun",
    "StorageFileSystem",
    "StorageCapability",
)


def discovery_story(caller):
    """Everything that is visible, found twice: by its ids, and by asking for all."""
    service = caller.service
    arrays = service.queryArrays(arrayUniqueId=[])
    array_ids = [array.uniqueIdentifier for array in arrays]
    ids = {kind: service.queryUniqueIdentifiersForEntity(entityType=kind) for kind in KINDS}
    assert ids["StorageArray"] == array_ids
    tell("queryUniqueIdentifiersForEntity", kinds=sorted(kind for kind in KINDS if ids[kind]))
    counted = {kind: service.getNumberOfEntities(entityType=kind) for kind in KINDS}
    assert counted == {kind: len(ids[kind]) for kind in KINDS}, counted
    tell("getNumberOfEntities")

    of_arrays = [service.queryUniqueIdentifiersForLuns(arrayUniqueId=each) or [] for each in array_ids]
    assert sorted(sum(of_arrays, [])) == sorted(ids["StorageLun"])
    tell("queryUniqueIdentifiersForLuns")
    of_arrays = [service.queryUniqueIdentifiersForFileSystems(fsUniqueId=each) or [] for each in array_ids]
    assert sorted(sum(of_arrays, [])) == sorted(ids["StorageFileSystem"])
    tell("queryUniqueIdentifiersForFileSystems")

    details(service, ids)
    associations(service, ids)
    migrations(caller, ids)
    return ids


def details(service, ids):
    processors = service.queryStorageProcessors(spUniqueId=ids["StorageProcessor"])
    assert [each.uniqueIdentifier for each in processors] == ids["StorageProcessor"]
    tell("queryStorageProcessors")
    ports = service.queryStoragePorts(portUniqueId=ids["StoragePort"])
    assert all(port.portWwn or port.iscsiIdentifier for port in ports), ports
    tell("queryStoragePorts", types=sorted({port.portType for port in ports}))
    luns = service.queryStorageLuns(lunUniqueId=ids["StorageLun"])
    assert all(lun.esxLunIdentifier.startswith("naa.") for lun in luns), luns
    assert all(0 <= lun.usedSpaceInMB <= lun.capacityInMB for lun in luns), luns
    tell("queryStorageLuns", all=len(luns) == len(ids["StorageLun"]))
    systems = service.queryStorageFileSystems(fsUniqueId=ids["StorageFileSystem"])
    assert all(system.fileSystemInfo[0].fileServerName for system in systems), systems
    tell("queryStorageFileSystems", all=len(systems) == len(ids["StorageFileSystem"]))
    labels = service.queryStorageCapabilities(capabilityUniqueId=ids["StorageCapability"])
    assert all(label.capabilityName for label in labels), labels
    tell("queryStorageCapabilities")


def associated(rows, known, others):
    """Pairs of known ids with known ids of the other kind; at least one."""
    pairs = [
        (one.uniqueIdentifier, other.uniqueIdentifier)
        for row in rows
        for one in row.entityId
        for other in row.associatedId
    ]
    assert pairs, rows
    assert {one for one, _ in pairs} <= set(known), pairs
    assert {other for _, other in pairs} <= set(others), pairs
    return pairs


def associations(service, ids):
    chain = (
        ("queryAssociatedProcessorsForArray", "arrayUniqueId", "StorageArray", "StorageProcessor"),
        ("queryAssociatedPortsForProcessor", "spUniqueId", "StorageProcessor", "StoragePort"),
        ("queryAssociatedLunsForPort", "portUniqueId", "StoragePort", "StorageLun"),
        ("queryAssociatedCapabilityForLun", "lunUniqueId", "StorageLun", "StorageCapability"),
        ("queryAssociatedCapabilityForFileSystem", "fsUniqueId", "StorageFileSystem", "StorageCapability"),
    )
    for operation, argument, kind, other in chain:
        rows = service[operation](**{argument: ids[kind]})
        associated(rows, ids[kind], ids[other])
        tell(operation)


def migrations(caller, ids):
    one, other = ids["StorageLun"][0], ids["StorageLun"][-1]
    question = {"srcUniqueId": one, "dstUniqueId": other, "entityType": "StorageLun"}
    answer = caller.service.queryDRSMigrationCapabilityForPerformance(**question)
    assert isinstance(answer, bool), answer
    strange = {**question, "dstUniqueId": "no such LUN"}
    tell(
        "queryDRSMigrationCapabilityForPerformance",
        unknown=caller.fault_of("queryDRSMigrationCapabilityForPerformance", **strange)[0],
    )


def pools_story(caller, ids):
    """What VASA 2.0 adds."""
    service = caller.service
    luns = service.queryStorageLuns(lunUniqueId=ids["StorageLun"])
    backing = sorted({lun.backingConfig.thinProvisionBackingIdentifier for lun in luns if lun.thinProvisioned})
    pools = service.queryBackingStoragePools(storagePoolUniqueId=backing)
    assert [pool.uniqueIdentifier for pool in pools] == backing, pools
    assert all(0 <= pool.usedSpaceInMB <= pool.capacityInMB for pool in pools), pools
    tell("queryBackingStoragePools", some=len(pools) > 0)
    result = service.queryDrsMigrationCapabilityForPerformanceEx(entityId=ids["StorageLun"])
    groups = result.nonRecommendedEntitySet if hasattr(result, "nonRecommendedEntitySet") else result
    tell("queryDrsMigrationCapabilityForPerformanceEx", groups=isinstance(groups or [], list))
