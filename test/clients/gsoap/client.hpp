// What the gSOAP stories need below their steps: one client with verified TLS, a client certificate, gSOAP's
// own cookie jar, strict decoding, and a copy of every byte received, for a schema check afterwards. It knows
// no operation; the classes in soapH.h are made from wsdl/ by wsdl2h and soapcpp2 when the tests run, and
// VASA_FAULTS names the faults of the version they are made from.
#ifndef KEELSON_TEST_CLIENT_HPP
#define KEELSON_TEST_CLIENT_HPP

#include "soapvasaServiceSoap11BindingProxy.h"
#include "telling.hpp"

using Proxy = vasaServiceSoap11BindingProxy;

// A request with one field set.
template <class Request, class Field>
Request with(Field Request::*field, const Field &value) {
  Request request;
  request.*field = value;
  return request;
}

// Name of the VASA fault that a decoded anyType value is, told by its C++ type alone.
inline string fault_name(const xsd__anyType *value) {
#define KEELSON_IS(name) \
  if (dynamic_cast<const fault__##name *>(value) != nullptr) return #name;
  VASA_FAULTS(KEELSON_IS)
#undef KEELSON_IS
  throw std::runtime_error("not a fault of the fault namespace");
}

// Ends the story when there is no verified TLS to be had.
inline void secure(struct soap *soap, const string &trust, const char *identity) {
  soap->connect_timeout = soap->send_timeout = soap->recv_timeout = 20;
  require(soap_ssl_client_context(soap, SOAP_SSL_DEFAULT | SOAP_SSL_NO_DEFAULT_CA_PATH, identity, nullptr,
                                  trust.c_str(), nullptr, nullptr) == SOAP_OK,
          "no TLS context");
}

// GET over TLS that trusts `trust` alone.
inline string fetched(const string &url, const string &trust) {
  struct soap soap(SOAP_C_UTFSTRING);
  secure(&soap, trust, nullptr);
  require(soap_GET(&soap, url.c_str(), nullptr) == SOAP_OK && soap_begin_recv(&soap) == SOAP_OK, "GET " + url);
  size_t length = 0;
  const char *bytes = soap_http_get_body(&soap, &length);
  require(bytes != nullptr && soap_end_recv(&soap) == SOAP_OK, "GET " + url + " has no body");
  return string(bytes, length);
}

class Client {
 public:
  // Names of the operations called by any client of this process.
  static std::set<string> &called() {
    static std::set<string> names;
    return names;
  }

  // identity: file with key and certificate, or null for none.
  Client(const Options &options, const string &address, const string &trust, const char *identity = nullptr)
      : proxy_(SOAP_XML_STRICT | SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE), address_(address) {
    struct soap *soap = proxy_.soap;
    proxy_.soap_endpoint = address_.c_str();
    soap_set_namespaces(soap, envelope_first(options("soap")));
    secure(soap, trust, identity);
    static int count = 0;
    recording_.open(options("record") + "/" + std::to_string(++count) + ".http", std::ios::binary);
    soap->user = this;
    receive_ = soap->frecv;
    soap->frecv = [](struct soap *from, char *bytes, size_t room) {
      Client *self = static_cast<Client *>(from->user);
      size_t count = self->receive_(from, bytes, room);
      self->recording_.write(bytes, static_cast<std::streamsize>(count)).flush();
      return count;
    };
    post_ = soap->fpost;
    soap->fpost = [](struct soap *to, const char *url, const char *host, int port, const char *path,
                     const char *action, ULONG64 length) {
      Client *self = static_cast<Client *>(to->user);
      self->operation_ = string(action).substr(string("urn:").size());
      called().insert(self->operation_);
      return self->post_(to, url, host, port, path, action, length);
    };
  }

  // What requests are made with; frees them with the client.
  struct soap *soap() { return proxy_.soap; }

  // An optional element's text.
  string *text(const string &value) {
    string *made = soap_new_std__string(soap());
    *made = value;
    return made;
  }

  // The call must succeed.
  template <class Request, class Answer>
  Answer ask(int (Proxy::*operation)(Request *, Answer &), const Request &request) {
    Request sent = request;
    Answer answer;
    succeeds((proxy_.*operation)(&sent, answer));
    return answer;
  }
  template <class Answer>
  Answer ask(int (Proxy::*operation)(Answer &)) {
    Answer answer;
    succeeds((proxy_.*operation)(answer));
    return answer;
  }

  // The call must end in a typed fault; its name.
  template <class Request, class Answer>
  string fault(int (Proxy::*operation)(Request *, Answer &), const Request &request) {
    Request sent = request;
    Answer answer;
    return fault_of((proxy_.*operation)(&sent, answer));
  }
  template <class Answer>
  string fault(int (Proxy::*operation)(Answer &)) {
    Answer answer;
    return fault_of((proxy_.*operation)(answer));
  }

  // Whether TLS itself keeps this client from its call.
  template <class Answer>
  bool distrusts(int (Proxy::*operation)(Answer &)) {
    Answer answer;
    return (proxy_.*operation)(answer) == SOAP_SSL_ERROR;
  }

  // The text of the fault that `fault` has just named.
  string reason() {
    const char *text = soap_fault_string(soap());
    require(text != nullptr, "the fault has no text");
    return text;
  }

  string cookie(const char *name) {
    for (struct soap_cookie *each = soap()->cookies; each != nullptr; each = each->next)
      if (string(each->name) == name) return each->value ? each->value : "";
    return "";
  }

 private:
  Proxy proxy_;
  const string address_;
  std::ofstream recording_;
  string operation_ = "no operation yet";
  size_t (*receive_)(struct soap *, char *, size_t);
  int (*post_)(struct soap *, const char *, const char *, int, const char *, const char *, ULONG64);

  string problem() {
    char text[4096] = "";
    proxy_.soap_sprint_fault(text, sizeof text);
    return operation_ + ": " + text;
  }

  void succeeds(int code) { require(code == SOAP_OK, problem()); }

  string fault_of(int code) {
    require(code != SOAP_OK, operation_ + " should have failed");
    require(soap()->fault != nullptr, "no fault: " + problem());
    struct SOAP_ENV__Detail *detail =
        soap()->version == 2 ? soap()->fault->SOAP_ENV__Detail : soap()->fault->detail;
    require(detail != nullptr, "no detail: " + problem());
#define KEELSON_DETAIL(name)                                                                \
  if (detail->msg__##name != nullptr) {                                                     \
    require(detail->msg__##name->name != nullptr, #name " has no inner part");              \
    return fault_name(detail->msg__##name->name);                                           \
  }
    VASA_FAULTS(KEELSON_DETAIL)
#undef KEELSON_DETAIL
    throw std::runtime_error("untyped fault: " + problem());
  }

  // gSOAP sends the SOAP version of the table's first namespace, and reads both.
  static const struct Namespace *envelope_first(const string &version) {
    static vector<struct Namespace> table;
    table.clear();
    for (const struct Namespace *each = namespaces; each->id != nullptr; ++each) table.push_back(*each);
    const bool is11 = version == "1.1";
    table[0] = {"SOAP-ENV",
                is11 ? "http://schemas.xmlsoap.org/soap/envelope/" : "http://www.w3.org/2003/05/soap-envelope",
                is11 ? "http://www.w3.org/2003/05/soap-envelope" : "http://schemas.xmlsoap.org/soap/envelope/",
                nullptr};
    table[1] = {"SOAP-ENC",
                is11 ? "http://schemas.xmlsoap.org/soap/encoding/" : "http://www.w3.org/2003/05/soap-encoding",
                is11 ? "http://www.w3.org/2003/05/soap-encoding" : "http://schemas.xmlsoap.org/soap/encoding/",
                nullptr};
    table.push_back({nullptr, nullptr, nullptr, nullptr});
    return table.data();
  }
};

#endif
