// What the gSOAP story needs below its steps: one client with verified TLS, a client certificate, gSOAP's
// own cookie jar, strict decoding, and a copy of every byte received, for a schema check afterwards.
// The classes in soapH.h are made from wsdl/ by wsdl2h and soapcpp2 when the test runs.
#ifndef KEELSON_TEST_CLIENT_HPP
#define KEELSON_TEST_CLIENT_HPP

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "soapvasaServiceSoap11BindingProxy.h"

#define VASA_FAULTS(each)                                                                             \
  each(ActivateProviderFailed) each(InactiveProvider) each(IncompatibleVolume) each(InvalidArgument)  \
  each(InvalidCertificate) each(InvalidLogin) each(InvalidProfile) each(InvalidSession)               \
  each(InvalidStatisticsContext) each(LostAlarm) each(LostEvent) each(NotCancellable) each(NotFound)  \
  each(NotImplemented) each(NotSupported) each(OutOfResource) each(PermissionDenied)                  \
  each(ResourceInUse) each(SnapshotTooMany) each(StorageFault) each(Timeout) each(TooMany)            \
  each(VasaProviderBusy)

struct Options : std::map<std::string, std::string> {
  const std::string &operator()(const char *name) const {
    auto found = find(name);
    if (found == end()) throw std::runtime_error(std::string("missing option --") + name);
    return found->second;
  }
};

inline void require(bool holds, const std::string &what) {
  if (!holds) throw std::runtime_error(what);
}

inline std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (unsigned char c : text) {
    char code[8];
    if (c == '"' || c == '\\') (out += '\\') += static_cast<char>(c);
    else if (c < 0x20) out.append(code, snprintf(code, sizeof code, "\\u%04x", c));
    else out += static_cast<char>(c);
  }
  return out + "\"";
}

// One finished step: a JSON line of the step's name and one fact, if there is one.
inline void tell(const std::string &step, const char *key = nullptr, const std::string &value = "") {
  std::cout << "{\"step\":" << quoted(step);
  if (key != nullptr) std::cout << "," << quoted(key) << ":" << quoted(value);
  std::cout << "}" << std::endl;
}
inline void tell(const std::string &step, const char *key, size_t value) {
  std::cout << "{\"step\":" << quoted(step) << "," << quoted(key) << ":" << value << "}" << std::endl;
}

// Asks whoever started this process, and gives the line they answer.
inline std::string ask(const std::string &question, const char *key, const std::string &value) {
  std::cout << "{\"ask\":" << quoted(question) << "," << quoted(key) << ":" << quoted(value) << "}"
            << std::endl;
  std::string answer;
  require(bool(std::getline(std::cin, answer)) && !answer.empty(), "nobody answered: " + question);
  return answer;
}

inline std::string contents(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  require(bool(file), "cannot read " + path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Name of the VASA fault that a decoded anyType value is, told by its C++ type alone.
inline std::string fault_name(const xsd__anyType *value) {
#define KEELSON_IS(name) \
  if (dynamic_cast<const fault__##name *>(value) != nullptr) return #name;
  VASA_FAULTS(KEELSON_IS)
#undef KEELSON_IS
  throw std::runtime_error("not a fault of the fault namespace");
}

class Client {
 public:
  vasaServiceSoap11BindingProxy proxy;

  // identity: file with key and certificate, or null for none.
  Client(const Options &options, const std::string &address, const std::string &trust,
         const char *identity)
      : proxy(SOAP_XML_STRICT | SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE), address_(address) {
    struct soap *soap = proxy.soap;
    proxy.soap_endpoint = address_.c_str();
    soap->connect_timeout = soap->send_timeout = soap->recv_timeout = 20;
    soap_set_namespaces(soap, envelope_first(options("soap")));
    recording_.open(options("record") + "/" + std::to_string(++clients()) + ".http", std::ios::binary);
    soap->user = this;
    receive_ = soap->frecv;
    soap->frecv = [](struct soap *from, char *bytes, size_t room) {
      Client *self = static_cast<Client *>(from->user);
      size_t count = self->receive_(from, bytes, room);
      self->recording_.write(bytes, static_cast<std::streamsize>(count)).flush();
      return count;
    };
    require(soap_ssl_client_context(soap, SOAP_SSL_DEFAULT | SOAP_SSL_NO_DEFAULT_CA_PATH, identity,
                                    nullptr, trust.c_str(), nullptr, nullptr) == SOAP_OK,
            "TLS context: " + problem());
  }

  // The call must succeed.
  void check(int code, const char *operation) {
    require(code == SOAP_OK, std::string(operation) + ": " + problem());
  }

  // The call must end in a typed fault; its name.
  std::string fault(int code, const char *operation) {
    require(code != SOAP_OK, std::string(operation) + " should have failed");
    struct soap *soap = proxy.soap;
    require(soap->fault != nullptr, std::string(operation) + ": no fault: " + problem());
    struct SOAP_ENV__Detail *detail =
        soap->version == 2 ? soap->fault->SOAP_ENV__Detail : soap->fault->detail;
    require(detail != nullptr, std::string(operation) + ": no detail: " + problem());
#define KEELSON_DETAIL(name)                                                                \
  if (detail->msg__##name != nullptr) {                                                     \
    require(detail->msg__##name->name != nullptr, #name " has no inner part");              \
    return fault_name(detail->msg__##name->name);                                           \
  }
    VASA_FAULTS(KEELSON_DETAIL)
#undef KEELSON_DETAIL
    throw std::runtime_error(std::string(operation) + ": untyped fault: " + problem());
  }

  std::string problem() {
    char text[4096] = "";
    proxy.soap_sprint_fault(text, sizeof text);
    return text;
  }

  std::string cookie(const char *name) {
    for (struct soap_cookie *each = proxy.soap->cookies; each != nullptr; each = each->next)
      if (std::string(each->name) == name) return each->value ? each->value : "";
    return "";
  }

 private:
  const std::string address_;
  std::ofstream recording_;
  size_t (*receive_)(struct soap *, char *, size_t);

  static int &clients() {
    static int count = 0;
    return count;
  }

  // gSOAP sends the SOAP version of the table's first namespace, and reads both.
  static const struct Namespace *envelope_first(const std::string &version) {
    static std::vector<struct Namespace> table;
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
