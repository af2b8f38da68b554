"""The part of the zeep story about storage policies: what is offered, what is asked for, what a volume gets."""

import datetime
import uuid

from copies import named, succeeded
from zeep import xsd

from wire import tell


def policies_story(caller, container):
    service = caller.service
    schemas = service.queryCapabilityMetadata(schemaId=[])
    assert all(schema.capabilityMetadataPerCategory for schema in schemas), schemas
    only = service.queryCapabilityMetadata(schemaId=[schemas[0].schemaId])
    assert [schema.schemaId for schema in only] == [schemas[0].schemaId]
    tell("queryCapabilityMetadata", some=len(schemas) > 0)

    profiles = {each.profileId: each for each in service.queryCapabilityProfile(profileId=[])}
    rows = service.queryCapabilityProfileForResource(resourceId=[container])
    offers = [profiles[row.profileId] for row in rows]
    assert all(row.resourceId == container for row in rows), rows
    tell("queryCapabilityProfile", unknown=caller.fault_of("queryCapabilityProfile", profileId=["none"])[0])
    tell("queryCapabilityProfileForResource", some=len(offers) > 0)
    kinds = ["Data", "Config"]
    defaults = service.queryDefaultProfileForStorageContainer(containerId=container, entityType=kinds) or []
    assert all(set(each.entityType) & set(kinds) for each in defaults), defaults
    tell("queryDefaultProfileForStorageContainer")
    compliance(caller, container, wish_of(offers[0], declared_types(schemas[0])))


TYPES = {
    "XSD_BOOLEAN": xsd.Boolean,
    "XSD_DATETIME": xsd.DateTime,
    "XSD_DOUBLE": xsd.Double,
    "XSD_DURATION": xsd.Duration,
    "XSD_INT": xsd.Int,
    "XSD_LONG": xsd.Long,
    "XSD_STRING": xsd.String,
}


def declared_types(schema):
    """Type of each property, by the ids of capability and property."""
    return {
        (capability.capabilityId.id, each.id): TYPES.get(each.type.typeName)
        for category in schema.capabilityMetadataPerCategory
        for capability in category.capabilityMetadata
        for each in capability.propertyMetadata
    }


def asked(value, kind):
    """What is offered, as a requirement: zeep forgets the types of scalars that it has read."""

    def typed(scalar):
        return xsd.AnyObject(kind() if kind else scalar._xsd_type, scalar)

    name = getattr(getattr(value, "_xsd_type", None), "name", None)
    if name == "DiscreteSet":
        value.values = [typed(each) for each in value.values]
    elif name == "Range":
        value.min, value.max = typed(value.min), typed(value.max)
    else:
        return typed(value)
    return value


def wish_of(offer, types):
    """A policy that asks for what the first alternative of an offer has."""
    for capability in offer.constraints.subProfiles[0].capability:
        for constraint in capability.constraint:
            for instance in constraint.propertyInstance:
                kind = types.get((capability.capabilityId.id, instance.id), xsd.String)
                instance.value = asked(instance.value, kind)
    return {
        "profileId": str(uuid.uuid4()),
        "name": "as offered",
        "createdBy": "story",
        "creationTime": datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc),
        "generationId": 2**60 + 1,
        "constraints": {"subProfiles": [offer.constraints.subProfiles[0]]},
    }


def compliance(caller, container, wish):
    task = caller.service.createVirtualVolume(
        containerId=container, vvolType="Data", storageProfile=wish, sizeInMB=10, metadata=named("policy")
    )
    volume = succeeded(caller, task)
    subject = {"objectId": volume, "profileId": wish["profileId"], "generationId": wish["generationId"]}
    [result] = caller.service.queryComplianceResult(compliance=[subject])
    assert (result.objectId, result.profileMismatch) == (volume, False), result
    [other] = caller.service.queryComplianceResult(compliance=[{**subject, "generationId": 2**60}])
    assert other.profileMismatch, other
    tell("queryComplianceResult", status=result.complianceStatus, mismatch=other.complianceStatus)
    caller.service.deleteVirtualVolume(vvolId=volume)
