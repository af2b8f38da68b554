// The story of a first day, told by a gSOAP client: gSOAP is what ESXi very probably speaks with. The same
// steps as the zeep story, in the words of gSOAP's generated classes. Strict: an element that is missing,
// misplaced, or in the wrong namespace ends the story with an error.
#include "copies.hpp"
#include "vasaServiceSoap11Binding.nsmap"

static void answer_to_csr(Client &client) {
  _msg__requestCSRResponse csr;
  client.check(client.proxy.requestCSR(csr), "requestCSR");
  require(csr.return_.rfind("-----BEGIN CERTIFICATE REQUEST-----\n", 0) == 0, "not a PEM request");
  tell("requestCSR");
  _msg__registerCASignedProviderCertificate install;
  install.providerCert = contents(ask("sign", "request", csr.return_));
  install.forceApply = true;
  __vasa__registerCASignedProviderCertificateResponse nothing;
  client.check(client.proxy.registerCASignedProviderCertificate(&install, nothing),
               "registerCASignedProviderCertificate");
  tell("registerCASignedProviderCertificate");
}

static string register_provider(const Options &options, const string &address) {
  Client client(options, address, options("pinned"), nullptr);
  _msg__queryArrays query;
  _msg__queryArraysResponse arrays;
  tell("no session", "fault", client.fault(client.proxy.queryArrays(&query, arrays), "queryArrays"));
  _msg__requestCSRResponse csr;
  tell("anonymous certificate change", "fault", client.fault(client.proxy.requestCSR(csr), "requestCSR"));

  _msg__registerCACertificatesAndCRLs request;
  request.providerUserName = options("user");
  request.providerPassword = "not the password";
  request.caRootCert.push_back(contents(options("root")));
  request.caCRL.push_back(contents(options("crl")));
  _msg__registerCACertificatesAndCRLsResponse reply;
  tell("wrong password", "fault",
       client.fault(client.proxy.registerCACertificatesAndCRLs(&request, reply), "registerCACertificatesAndCRLs"));
  request.providerPassword = options("password");
  client.check(client.proxy.registerCACertificatesAndCRLs(&request, reply), "registerCACertificatesAndCRLs");
  tell("registerCACertificatesAndCRLs", "uid", reply.return_->uid);
  answer_to_csr(client);
  return reply.return_->uid;
}

static void only_the_root_is_trusted_now(const Options &options, const string &address) {
  _msg__queryArrays query;
  _msg__queryArraysResponse arrays;
  Client pinned(options, address, options("pinned"), nullptr);
  require(pinned.proxy.queryArrays(&query, arrays) == SOAP_SSL_ERROR, "the old certificate is still served");
  Client rooted(options, address, options("root"), nullptr);
  require(rooted.fault(rooted.proxy.queryArrays(&query, arrays), "queryArrays") == "InvalidSession",
          "without a certificate there is no session");
  tell("certificate swapped");
}

static void set_context(Client &client, data__UsageContext *context, const string &uid) {
  _msg__setContext request;
  request.usageContext = context;
  _msg__setContextResponse reply;
  client.check(client.proxy.setContext(&request, reply), "setContext");
  require(reply.return_ != nullptr && reply.return_->uid == uid, "the uid is stable");
  require(!reply.return_->supportedProfile.empty(), "no supportedProfile");
  require(reply.return_->sessionId != nullptr, "no session id in the body");
  require(client.cookie("VASASESSIONID") == *reply.return_->sessionId, "cookie and body differ");
}

static void host_context(Client &client, const string &uid) {
  string guid = uuid();
  string iqn = "iqn.1998-01.com.example:gsoap-host";
  data__HostInitiatorInfo initiator;
  initiator.uniqueIdentifier = &iqn;
  initiator.iscsiIdentifier = &iqn;
  data__UsageContext context;
  context.hostGuid = &guid;
  context.hostInitiator.push_back(&initiator);
  context.hostIoIpAddress.push_back("192.0.2.10");
  set_context(client, &context, uid);
  tell("setContext host");
}

static void vcenter_session(Client &client, const string &uid) {
  string guid = uuid();
  data__UsageContext context;
  context.vcGuid = &guid;
  set_context(client, &context, uid);
  tell("setContext vCenter");
  _msg__queryCACertificatesResponse roots;
  client.check(client.proxy.queryCACertificates(roots), "queryCACertificates");
  tell("queryCACertificates", "count", roots.return_.size());
  _msg__queryCatalogResponse catalogs;
  client.check(client.proxy.queryCatalog(catalogs), "queryCatalog");
  for (data__MessageCatalog *each : catalogs.return_)
    require(each->catalogUri != nullptr && each->lastModified != nullptr, "a catalog without its place");
  tell("queryCatalog", "count", catalogs.return_.size());
}

static void host_story(Client &host, const string &uid) {
  host_context(host, uid);
  std::map<string, string> containers = inventory(host);
  const string name = "\u00fcber <vm> & co";
  vector<string> scsi = {create(host, containers["SCSI"], "Config", name),
                         create(host, containers["SCSI"], "Data", "disk-1")};
  vector<string> nfs = {create(host, containers["NFS"], "Data", "disk-2"),
                        create(host, containers["NFS"], "Other", "disk-3")};
  vector<string> nfs4x = {create(host, containers["NFS4x"], "Swap", "swap-1")};
  tell("createVirtualVolume", "volumes", scsi.size() + nfs.size() + nfs4x.size());
  query(host, scsi, name);
  for (const vector<string> &ids : {scsi, nfs, nfs4x}) bind_and_unbind(host, ids);
  for (const vector<string> &ids : {scsi, nfs, nfs4x}) remove_all(host, ids);
  news(host, scsi[0]);
  refusals(host);
  copies_story(host, containers);
}

static void unregister(Client &vcenter, Client &host, const Options &options) {
  _msg__unregisterVASACertificate request;
  string root = contents(options("root"));
  request.existingCertificate = &root;
  __vasa__unregisterVASACertificateResponse nothing;
  vcenter.check(vcenter.proxy.unregisterVASACertificate(&request, nothing), "unregisterVASACertificate");
  tell("unregisterVASACertificate");
  _msg__queryArrays query;
  _msg__queryArraysResponse arrays;
  tell("after unregistering", "fault", host.fault(host.proxy.queryArrays(&query, arrays), "queryArrays"));
}

int main(int count, char **words) {
  Options options;
  for (int i = 1; i + 1 < count; i += 2) options[string(words[i]).substr(2)] = words[i + 1];
  try {
    const string &address = options("address");
    string uid = register_provider(options, address);
    only_the_root_is_trusted_now(options, address);
    Client vcenter(options, address, options("root"), options("vcenter").c_str());
    vcenter_session(vcenter, uid);
    Client host(options, address, options("root"), options("host").c_str());
    host_story(host, uid);
    unregister(vcenter, host, options);
    tell("done");
    return 0;
  } catch (const std::exception &error) {
    std::cerr << error.what() << std::endl;
    return 1;
  }
}
