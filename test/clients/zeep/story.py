"""The story of a first day, told by zeep: what vCenter and an ESXi host do with a provider they have never
met. Real TLS with verification on throughout; every reply checked against the schemas (wire.py).

Tells each step as a JSON line on standard output. Asks its starter, on the same channel, to sign the
provider's certificate request: the authority's key stays with the test. Ends with 0 when all was well.
"""

import argparse
import re
import sys
import urllib.parse
import uuid

import requests
from copies import copies_story, succeeded
from counters import counters_story
from discovery import discovery_story, pools_story
from policies import policies_story
from volumes import host_story
from wire import Caller, ask, tell

CERTIFICATE = r"(?s)-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----"
HOST_IQN = "iqn.1998-01.com.example:zeep-host"


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("wsdl", "soap", "version-xml", "pinned", "root", "crl"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("user", "password", "vcenter", "host"):
        parser.add_argument(f"--{name}", required=True)
    return parser.parse_args()


def read(path):
    with open(path, encoding="ascii") as file:
        return file.read()


def service_address(options):
    """From version.xml: the service path of VASA 2.0, absolute or relative to the document."""
    reply = requests.get(options.version_xml, verify=options.pinned, timeout=20)
    assert reply.status_code == 200, reply.status_code
    entries = re.findall(r"<serviceLocation>\s*([^<]+?)\s*</serviceLocation>", reply.text)
    place = next(entry for entry in entries if "2.0" in entry)
    tell("version.xml", entries=len(entries), place=place)
    return urllib.parse.urljoin(options.version_xml, place)


def register(options, address):
    """The bootstrap: no client certificate, the provider's own self-signed certificate pinned."""
    caller = Caller(options.wsdl, address, options.soap, trust=options.pinned)
    roots = {"caRootCert": [read(options.root)], "caCRL": [read(options.crl)]}
    tell("no session", fault=caller.fault_of("queryArrays", arrayUniqueId=[])[0])
    tell("anonymous certificate change", fault=caller.fault_of("requestCSR")[0])
    name, _ = caller.fault_of(
        "registerCACertificatesAndCRLs",
        providerUserName=options.user,
        providerPassword="not the password",
        **roots,
    )
    tell("wrong password", fault=name)
    info = caller.service.registerCACertificatesAndCRLs(
        providerUserName=options.user, providerPassword=options.password, **roots
    )
    [certificate] = re.findall(CERTIFICATE, read(options.vcenter))
    known = caller.service.registerVASACertificate(
        userName=options.user, password=options.password, newCertificate=certificate
    )
    assert known.uid == info.uid
    tell("registerVASACertificate")
    tell("registerCACertificatesAndCRLs", uid=info.uid, sessionId=info.sessionId)
    request = caller.service.requestCSR()
    assert request.startswith("-----BEGIN CERTIFICATE REQUEST-----\n"), request[:40]
    tell("requestCSR")
    signed = ask("sign", request=request)
    caller.service.registerCASignedProviderCertificate(providerCert=read(signed), forceApply=True)
    tell("registerCASignedProviderCertificate")
    return info.uid, caller


def only_the_root_is_trusted_now(options):
    """New connections get the new certificate: the root vouches for it, the old pin does not."""
    assert requests.get(options.version_xml, verify=options.root, timeout=20).status_code == 200
    try:
        requests.get(options.version_xml, verify=options.pinned, timeout=20)
    except requests.exceptions.SSLError:
        tell("certificate swapped")
        return
    raise AssertionError("the old certificate is still served")


def vcenter_session(options, address, uid):
    caller = Caller(
        options.wsdl,
        address,
        options.soap,
        trust=options.root,
        identity=options.vcenter,
    )
    info = caller.service.setContext(usageContext={"vcGuid": str(uuid.uuid4())})
    assert info.uid == uid, "the uid is stable"
    assert "ProfileBasedManagementProfile" in info.supportedProfile
    assert caller.http.cookies.get("VASASESSIONID") == info.sessionId, "cookie and body agree"
    tell("setContext vCenter", vasaApiVersion=info.vasaApiVersion, name=info.name)
    caller.service.refreshCACertificatesAndCRLs(
        caRootCert=[read(options.root)], caCRL=[read(options.crl)]
    )
    tell("refreshCACertificatesAndCRLs")
    tell("queryCACertificates", count=len(caller.service.queryCACertificates()))
    tell("queryCACertificateRevocationLists", count=len(caller.service.queryCACertificateRevocationLists()))
    return caller


def catalogs(options, address, caller):
    entries = caller.service.queryCatalog()
    for entry in entries:
        uri = urllib.parse.urljoin(address, entry.catalogUri)
        reply = requests.get(uri, verify=options.root, timeout=20)
        assert reply.status_code == 200 and len(reply.content) > 0, uri
    tell("queryCatalog", names=sorted({entry.catalogName for entry in entries}))


def host_session(options, address):
    caller = Caller(
        options.wsdl,
        address,
        options.soap,
        trust=options.root,
        identity=options.host,
    )
    caller.service.setContext(
        usageContext={
            "hostGuid": str(uuid.uuid4()),
            "hostInitiator": [{"uniqueIdentifier": HOST_IQN, "iscsiIdentifier": HOST_IQN}],
            "hostIoIpAddress": ["192.0.2.10"],
            "mountPoint": [{"serverName": "192.0.2.20", "filePath": "/vvol"}],
        }
    )
    tell("setContext host")
    return caller


def activation(caller):
    """This provider is the only one; that it may be asked to be active is all there is to tell."""
    [array, *_] = caller.service.queryArrays(arrayUniqueId=[])
    caller.service.activateProvider(entityId=array.uniqueIdentifier)
    tell("activateProvider", unknown=caller.fault_of("activateProvider", entityId="none")[0])
    succeeded(caller, caller.service.activateProviderEx(activationSpec={"entityId": array.uniqueIdentifier}))
    tell("activateProviderEx")


def unregister(options, vcenter, host):
    vcenter.service.unregisterVASACertificate(existingCertificate=read(options.root))
    tell("unregisterVASACertificate")
    tell("after unregistering", fault=host.fault_of("queryArrays", arrayUniqueId=[])[0])


def main():
    options = arguments()
    address = service_address(options)
    uid, bootstrap = register(options, address)
    only_the_root_is_trusted_now(options)
    vcenter = vcenter_session(options, address, uid)
    catalogs(options, address, vcenter)
    host = host_session(options, address)
    containers = host_story(host)
    copies_story(host, containers)
    pools_story(host, discovery_story(host))
    policies_story(host, containers["SCSI"])
    counters_story(host, host.service.queryArrays(arrayUniqueId=[])[0].uniqueIdentifier)
    activation(host)
    checked = vcenter.transport.checked + host.transport.checked
    unregister(options, vcenter, host)
    called = bootstrap.transport.called | vcenter.transport.called | host.transport.called
    tell("done", checked=checked, called=sorted(called))


if __name__ == "__main__":
    sys.exit(main())
