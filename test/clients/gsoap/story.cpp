// The story of a first day, told by a gSOAP client: gSOAP is what ESXi very probably speaks with. The same
// steps as the zeep story, in the words of gSOAP's generated classes. Strict: an element that is missing,
// misplaced, or in the wrong namespace ends the story with an error.
#include "faults-2.0.hpp"

#include "copies.hpp"
#include "places.hpp"
#include "policies.hpp"
#include "pools.hpp"
#include "registration.hpp"
#include "statistics.hpp"
#include "vasaServiceSoap11Binding.nsmap"

static void host_session(Client &client, const string &uid) {
  string guid = uuid();
  string iqn = "iqn.1998-01.com.example:gsoap-host";
  data__HostInitiatorInfo initiator;
  initiator.uniqueIdentifier = &iqn;
  initiator.iscsiIdentifier = &iqn;
  data__MountInfo mount;
  mount.serverName = client.text("192.0.2.20");
  mount.filePath = client.text("/vvol");
  data__UsageContext context;
  context.hostGuid = &guid;
  context.hostInitiator = {&initiator};
  context.hostIoIpAddress = {"192.0.2.10"};
  context.mountPoint = {&mount};
  set_context(client, &context, uid);
  tell("setContext host");
}

// Gives container ids by protocol.
static Names volumes_story(Client &client) {
  Names containers = inventory(client);
  const Names made = create_one_each(client, containers);
  query(client, made);
  change(client, made.at("SCSI"));
  bind_and_unbind(client, made);
  remove_all(client, made);
  news(client, made.at("SCSI"));
  refusals(client);
  return containers;
}

// This provider is the only one; that it may be asked to be active is all there is to tell.
static void activation(Client &client, const string &array) {
  client.ask(&Proxy::activateProvider, with(&_msg__activateProvider::entityId, array));
  const auto none = with(&_msg__activateProvider::entityId, string("none"));
  tell("activateProvider", {{"unknown", json(client.fault(&Proxy::activateProvider, none))}});
  data__ActivationSpec spec;
  spec.entityId = array;
  const auto of = with(&_msg__activateProviderEx::activationSpec, &spec);
  succeeded(client, client.ask(&Proxy::activateProviderEx, of).return_);
  tell("activateProviderEx");
}

int main(int count, char **words) {
  return told(count, words, [](const Options &options) {
    const string address = service_address(options("version-xml"), options("pinned"));
    const string uid = register_provider(options, address);
    only_the_root_is_trusted_now(options, address);
    Client vcenter(options, address, options("root"), options("vcenter").c_str());
    vcenter_session(vcenter, options, uid);
    catalogs(vcenter, address, options("root"));
    Client host(options, address, options("root"), options("host").c_str());
    host_session(host, uid);
    Names containers = volumes_story(host);
    copies_story(host, containers);
    Ids ids = discovery_story(host);
    pools_story(host, ids);
    policies_story(host, containers["SCSI"]);
    statistics_story(host, ids["StorageArray"].at(0));
    activation(host, ids["StorageArray"].at(0));
    unregister(vcenter, host, options("root"));
    tell("done", {{"called", json(Client::called())}});
  });
}
