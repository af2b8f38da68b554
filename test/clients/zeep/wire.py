"""What the zeep story needs below its steps: verified TLS, every reply checked against the schemas, and
JSON lines on standard output. It knows no operation by name.

The schemas are compiled by libxml2 from the same folder that zeep reads, so that two readers judge each
reply: zeep, which refuses what it cannot decode, and libxml2, which refuses what the schema forbids.
"""

import json
import pathlib
import re
import sys

import requests
import zeep
from lxml import etree
from zeep.transports import Transport

ENVELOPES = {
    "http://schemas.xmlsoap.org/soap/envelope/": ("1.1", "text/xml"),
    "http://www.w3.org/2003/05/soap-envelope": ("1.2", "application/soap+xml"),
}
FAULTS = "http://fault.vasa.vim.vmware.com/xsd"


def tell(step, **facts):
    """One finished step: a JSON line."""
    print(json.dumps({"step": step, **facts}), flush=True)


def ask(question, **facts):
    """Asks whoever started this process, and gives the line they answer."""
    print(json.dumps({"ask": question, **facts}), flush=True)
    answer = sys.stdin.readline().strip()
    if answer == "":
        raise SystemExit(f"nobody answered: {question}")
    return answer


def compiled_schemas(wsdl_folder):
    """One XMLSchema over the service's schemas and the two envelopes; nothing is fetched."""
    imports = []
    envelopes = pathlib.Path(__file__).resolve().parent.parent / "envelopes"
    for file in [*sorted(pathlib.Path(wsdl_folder).glob("*.xsd")), *envelopes.glob("soap-*.xsd")]:
        namespace = etree.parse(str(file)).getroot().get("targetNamespace")
        imports.append(f'<xs:import namespace="{namespace}" schemaLocation="{file.as_uri()}"/>')
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{"".join(imports)}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text))


class CheckedTransport(Transport):
    """Sends as zeep would, and checks each reply before zeep sees it."""

    def __init__(self, session, schemas, soap_version):
        super().__init__(session=session, timeout=20, operation_timeout=20)
        self.schemas = schemas
        self.soap_version = soap_version
        self.checked = 0
        self.called = set()

    def post(self, address, message, headers):
        [body] = etree.fromstring(message).findall("{*}Body")
        response = super().post(address, message, headers)
        self.check(response)
        # A few requests have an empty Body and are told by their action alone.
        action = headers.get("SOAPAction") or headers["Content-Type"]
        name = re.search(r"urn:(\w+)", action).group(1)
        assert len(body) == 0 or etree.QName(body[0]).localname == name, action
        self.called.add(name)
        return response

    def check(self, response):
        envelope = etree.fromstring(response.content)
        version, media = ENVELOPES[etree.QName(envelope).namespace]
        assert version == self.soap_version, f"asked in SOAP {self.soap_version}, answered in {version}"
        assert response.headers["Content-Type"].split(";")[0] == media, response.headers
        failed = envelope.find("{*}Body/{*}Fault") is not None
        assert response.status_code == (500 if failed else 200), response.status_code
        self.schemas.assertValid(etree.ElementTree(envelope))
        self.checked += 1


class Caller:
    """One client: a TLS identity, its cookies and its connections."""

    def __init__(self, wsdl_folder, address, soap_version, *, trust, identity=None):
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = trust
        self.http.cert = identity
        self.transport = CheckedTransport(self.http, compiled_schemas(wsdl_folder), soap_version)
        self.client = zeep.Client(
            f"{wsdl_folder}/vasaService.wsdl",
            transport=self.transport,
            settings=zeep.Settings(strict=True),
        )
        ending = f"}}vasaServiceSoap{soap_version.replace('.', '')}Binding"
        binding = next(name for name in self.client.wsdl.bindings if name.endswith(ending))
        self.service = self.client.create_service(binding, address)

    def fault_of(self, operation, **arguments):
        """Name and text of the typed fault that the call must end in."""
        try:
            answer = self.service[operation](**arguments)
        except zeep.exceptions.Fault as fault:
            if fault.detail is None or len(fault.detail) != 1:
                raise AssertionError(f"{operation}: an untyped fault: {fault.message}") from fault
            return self.fault_type(fault.detail[0]), fault.message
        raise AssertionError(f"{operation} should have failed and answered {answer}")

    def fault_type(self, detail):
        """Local name of the typed fault inside a detail element, as the contract has it."""
        outer = self.client.get_element(etree.QName(detail).text)
        # zeep reads a fault without data as None, so that what it would be is taken from its schema.
        assert len(detail) == 1, "the detail has its inner part"
        name, declared = outer.type.elements[0]
        assert etree.QName(detail[0]) == declared.qname == etree.QName(detail), detail.tag
        assert declared.type.qname == etree.QName(FAULTS, name), declared.type
        return name


def type_name(value):
    """Local name of a decoded value's schema type; the type must be one of the fault namespace."""
    qualified = etree.QName(type(value)._xsd_type.qname)
    assert qualified.namespace == FAULTS, qualified
    return qualified.localname
