// The part of the gSOAP story about certificates: the bootstrap without one, the change of the provider's,
// the vCenter's session, the end.
#ifndef KEELSON_TEST_REGISTRATION_HPP
#define KEELSON_TEST_REGISTRATION_HPP

#include "client.hpp"

// The first certificate of a PEM file.
static string certificate_in(const string &pem) {
  const string begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
  const size_t from = pem.find(begin), to = pem.find(end);
  require(from != string::npos && to != string::npos, "no certificate");
  return pem.substr(from, to + end.size() - from);
}

static void answer_to_csr(Client &client) {
  const string request = client.ask(&Proxy::requestCSR).return_;
  require(request.rfind("-----BEGIN CERTIFICATE REQUEST-----\n", 0) == 0, "not a PEM request");
  tell("requestCSR");
  _msg__registerCASignedProviderCertificate install;
  install.providerCert = contents(ask("sign", {{"request", json(request)}}));
  install.forceApply = true;
  client.ask(&Proxy::registerCASignedProviderCertificate, install);
  tell("registerCASignedProviderCertificate");
}

// The bootstrap: no client certificate, the provider's own self-signed certificate pinned. Gives the uid.
static string register_provider(const Options &options, const string &address) {
  Client client(options, address, options("pinned"));
  tell("no session", {{"fault", json(client.fault(&Proxy::queryArrays, _msg__queryArrays()))}});
  tell("anonymous certificate change", {{"fault", json(client.fault(&Proxy::requestCSR))}});

  _msg__registerCACertificatesAndCRLs roots;
  roots.providerUserName = options("user");
  roots.providerPassword = "not the password";
  roots.caRootCert = {contents(options("root"))};
  roots.caCRL = {contents(options("crl"))};
  tell("wrong password", {{"fault", json(client.fault(&Proxy::registerCACertificatesAndCRLs, roots))}});
  roots.providerPassword = options("password");
  const auto *info = client.ask(&Proxy::registerCACertificatesAndCRLs, roots).return_;

  _msg__registerVASACertificate own;
  own.userName = client.text(options("user"));
  own.password = client.text(options("password"));
  own.newCertificate = client.text(certificate_in(contents(options("vcenter"))));
  const auto *known = client.ask(&Proxy::registerVASACertificate, own).return_;
  require(given(known, "the provider's info").uid == info->uid, "the uid is stable");
  tell("registerVASACertificate");
  tell("registerCACertificatesAndCRLs",
       {{"uid", json(info->uid)}, {"sessionId", json(given(info->sessionId))}});
  answer_to_csr(client);
  return info->uid;
}

// New connections get the new certificate: the root vouches for it, the old pin does not.
static void only_the_root_is_trusted_now(const Options &options, const string &address) {
  Client pinned(options, address, options("pinned"));
  require(pinned.distrusts(&Proxy::queryCatalog), "the old certificate is still served");
  Client rooted(options, address, options("root"));
  require(rooted.fault(&Proxy::queryCatalog) == "InvalidSession", "without a certificate there is no session");
  tell("certificate swapped");
}

static data__VasaProviderInfo *set_context(Client &client, data__UsageContext *context, const string &uid) {
  auto *info = client.ask(&Proxy::setContext, with(&_msg__setContext::usageContext, context)).return_;
  require(given(info, "the provider's info").uid == uid, "the uid is stable");
  const vector<string> profiles = {"ProfileBasedManagementProfile"};
  require(info->supportedProfile == profiles, "another supportedProfile");
  require(client.cookie("VASASESSIONID") == given(info->sessionId, "sessionId"), "cookie and body differ");
  return info;
}

static void vcenter_session(Client &client, const Options &options, const string &uid) {
  string guid = uuid();
  data__UsageContext context;
  context.vcGuid = &guid;
  const auto *info = set_context(client, &context, uid);
  tell("setContext vCenter",
       {{"vasaApiVersion", json(given(info->vasaApiVersion))}, {"name", json(given(info->name))}});
  _msg__refreshCACertificatesAndCRLs refresh;
  refresh.caRootCert = {contents(options("root"))};
  refresh.caCRL = {contents(options("crl"))};
  client.ask(&Proxy::refreshCACertificatesAndCRLs, refresh);
  tell("refreshCACertificatesAndCRLs");
  const auto roots = client.ask(&Proxy::queryCACertificates).return_;
  tell("queryCACertificates", {{"count", json(roots.size())}});
  const auto lists = client.ask(&Proxy::queryCACertificateRevocationLists).return_;
  tell("queryCACertificateRevocationLists", {{"count", json(lists.size())}});
}

static void unregister(Client &vcenter, Client &host, const string &certificate) {
  string known = contents(certificate);
  vcenter.ask(&Proxy::unregisterVASACertificate,
              with(&_msg__unregisterVASACertificate::existingCertificate, &known));
  tell("unregisterVASACertificate");
  tell("after unregistering", {{"fault", json(host.fault(&Proxy::queryArrays, _msg__queryArrays()))}});
}

#endif
