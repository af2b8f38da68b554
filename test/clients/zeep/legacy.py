"""What a vCenter of the VASA 1.0 days does, told by zeep: it brings its own self-signed certificate, comes
back with it, and looks around. As in story.py, TLS is verified and every answer is checked.
"""

import argparse
import sys
import uuid

from discovery import discovery_story
from wire import Caller, tell


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("wsdl", "soap", "address", "pinned", "user", "password", "certificate", "vcenter"):
        parser.add_argument(f"--{name}", required=True)
    return parser.parse_args()


def main():
    options = arguments()
    with open(options.certificate, encoding="ascii") as file:
        certificate = file.read()
    first = Caller(options.wsdl, options.address, options.soap, trust=options.pinned)
    credentials = {"userName": options.user, "newCertificate": certificate}
    name, _ = first.fault_of("registerVASACertificate", password="not the password", **credentials)
    tell("wrong password", fault=name)
    info = first.service.registerVASACertificate(password=options.password, **credentials)
    tell("registerVASACertificate", sessionId=info.sessionId)

    again = Caller(
        options.wsdl, options.address, options.soap, trust=options.pinned, identity=options.vcenter
    )
    tell("no session", fault=again.fault_of("queryArrays", arrayUniqueId=[])[0])
    iqn = "iqn.1998-01.com.example:zeep-legacy"
    opened = again.service.setContext(
        usageContext={
            "vcGuid": str(uuid.uuid4()),
            "hostInitiator": [{"uniqueIdentifier": iqn, "iscsiIdentifier": iqn}],
            "mountPoint": [{"serverName": "192.0.2.20", "filePath": "/legacy"}],
        }
    )
    assert opened.name == info.name and opened.defaultNamespace == info.defaultNamespace
    assert again.http.cookies.get("VASASESSIONID") == opened.sessionId, "cookie and body agree"
    tell("setContext", vasaApiVersion=opened.vasaApiVersion)
    tell("queryArrays", count=len(again.service.queryArrays(arrayUniqueId=[])))
    discovery_story(again)
    tell("getAlarms", list=isinstance(again.service.getAlarms() or [], list))
    tell("queryCatalog", names=sorted({entry.catalogName for entry in again.service.queryCatalog()}))
    tell("getEvents", list=isinstance(again.service.getEvents() or [], list))
    again.service.unregisterVASACertificate(existingCertificate=certificate)
    tell("unregisterVASACertificate")
    tell("after unregistering", fault=again.fault_of("queryArrays", arrayUniqueId=[])[0])
    called = first.transport.called | again.transport.called
    checked = first.transport.checked + again.transport.checked
    tell("done", checked=checked, called=sorted(called))


if __name__ == "__main__":
    sys.exit(main())
