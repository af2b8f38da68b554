"""The part of the zeep story about statistics: what is offered, what is chosen, what is counted."""

from wire import tell


def counters_story(caller, array_id):
    service = caller.service
    anything = {"counterInfo": [{"counterId": 1, "nameValue": []}], "entityTypeName": "",
                "maxRetrievalSize": 1, "pollingInterval": 1}
    wish = {"arrayId": array_id, "entityStatisticsManifest": [anything]}
    [manifest] = service.queryAssociatedStatisticsManifestForArray(arrayStatisticsManifest=[wish])
    kinds = {each.entityTypeName: each for each in manifest.entityStatisticsManifest}
    tell("queryAssociatedStatisticsManifestForArray", kinds=len(kinds))

    unchosen = {"entityTypeName": "StorageArray", "entityId": [array_id]}
    fault = caller.fault_of("queryAssociatedStatisticsForEntity", **unchosen)[0]
    service.setStatisticsContext(arrayStatisticsManifest=[manifest])
    tell("setStatisticsContext", unchosen=fault)
    [row] = service.queryAssociatedStatisticsForEntity(**unchosen)
    assert row.entityId == array_id, row
    columns = len(kinds["StorageArray"].counterInfo)
    assert len(row.statisticsString.split(",")) == columns, row
    tell("queryAssociatedStatisticsForEntity", columns=columns)
