// The part of the gSOAP stories about what is fetched by plain GET: version.xml and the message catalogs.
#ifndef KEELSON_TEST_PLACES_HPP
#define KEELSON_TEST_PLACES_HPP

#include <regex>

#include "client.hpp"

// A place on the server of `url`, absolute or from the server's root.
static string on_server_of(const string &url, const string &place) {
  if (place.rfind("https://", 0) == 0) return place;
  require(place.rfind("/", 0) == 0, "a place from nowhere: " + place);
  return url.substr(0, url.find('/', string("https://").size())) + place;
}

// From version.xml: the service of VASA 2.0.
static string service_address(const string &version_xml, const string &trust) {
  const string text = fetched(version_xml, trust);
  const std::regex entry("<serviceLocation>\\s*([^<]+?)\\s*</serviceLocation>");
  size_t entries = 0;
  string place;
  for (std::sregex_iterator each(text.begin(), text.end(), entry), end; each != end; ++each, ++entries)
    if ((*each)[1].str().find("2.0") != string::npos) place = (*each)[1];
  tell("version.xml", {{"entries", json(entries)}, {"place", json(place)}});
  return on_server_of(version_xml, place);
}

static void catalogs(Client &client, const string &address, const string &trust) {
  std::set<string> names;
  for (data__MessageCatalog *each : client.ask(&Proxy::queryCatalog).return_) {
    given(each->lastModified, "lastModified");
    const string place = on_server_of(address, given(each->catalogUri, "catalogUri"));
    require(!fetched(place, trust).empty(), "an empty catalog at " + place);
    names.insert(given(each->catalogName, "catalogName"));
  }
  tell("queryCatalog", {{"names", json(names)}});
}

#endif
