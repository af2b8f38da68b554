// What a vCenter of the VASA 1.0 days does, told by a gSOAP client made from that contract: it brings its own
// self-signed certificate, comes back with it, and looks around. As strict as story.cpp.
#include "faults-1.0.hpp"

#include "discovery.hpp"
#include "places.hpp"
#include "vasaServiceSoap11Binding.nsmap"

static data__VasaProviderInfo register_certificate(Client &client, const Options &options) {
  _msg__registerVASACertificate request;
  request.userName = client.text(options("user"));
  request.password = client.text("not the password");
  request.newCertificate = client.text(contents(options("certificate")));
  tell("wrong password", {{"fault", json(client.fault(&Proxy::registerVASACertificate, request))}});
  request.password = client.text(options("password"));
  const auto *info = client.ask(&Proxy::registerVASACertificate, request).return_;
  tell("registerVASACertificate", {{"sessionId", json(given(given(info).sessionId))}});
  return *info;
}

static void set_context(Client &client, const data__VasaProviderInfo &info) {
  string guid = uuid();
  string iqn = "iqn.1998-01.com.example:gsoap-legacy";
  data__HostInitiatorInfo initiator;
  initiator.uniqueIdentifier = &iqn;
  initiator.iscsiIdentifier = &iqn;
  data__MountInfo mount;
  mount.serverName = client.text("192.0.2.20");
  mount.filePath = client.text("/legacy");
  data__UsageContext context;
  context.vcGuid = &guid;
  context.hostInitiator = {&initiator};
  context.mountPoint = {&mount};
  const auto of = with(&_msg__setContext::usageContext, &context);
  const auto &opened = given(client.ask(&Proxy::setContext, of).return_, "the provider's info");
  require(given(opened.name) == given(info.name), "another name");
  require(given(opened.defaultNamespace) == given(info.defaultNamespace), "another namespace");
  require(client.cookie("VASASESSIONID") == given(opened.sessionId), "cookie and body differ");
  tell("setContext", {{"vasaApiVersion", json(given(opened.vasaApiVersion))}});
}

int main(int count, char **words) {
  return told(count, words, [](const Options &options) {
    const string &address = options("address"), &trust = options("pinned");
    Client first(options, address, trust);
    const data__VasaProviderInfo info = register_certificate(first, options);
    Client again(options, address, trust, options("vcenter").c_str());
    tell("no session", {{"fault", json(again.fault(&Proxy::queryArrays, _msg__queryArrays()))}});
    set_context(again, info);
    tell("queryArrays", {{"count", json(arrays(again).size())}});
    discovery_story(again);
    again.ask(&Proxy::getAlarms, _msg__getAlarms());
    tell("getAlarms", {{"list", json(true)}});
    catalogs(again, address, trust);
    again.ask(&Proxy::getEvents, _msg__getEvents());
    tell("getEvents", {{"list", json(true)}});
    string known = contents(options("certificate"));
    again.ask(&Proxy::unregisterVASACertificate,
              with(&_msg__unregisterVASACertificate::existingCertificate, &known));
    tell("unregisterVASACertificate");
    tell("after unregistering", {{"fault", json(again.fault(&Proxy::queryArrays, _msg__queryArrays()))}});
    tell("done", {{"called", json(Client::called())}});
  });
}
