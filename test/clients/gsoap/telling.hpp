// What a gSOAP story says and is told: its options, one JSON line on standard output for each step it has
// taken, and the questions it has to whoever started it. It knows nothing of SOAP.
#ifndef KEELSON_TEST_TELLING_HPP
#define KEELSON_TEST_TELLING_HPP

#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using std::string;
using std::vector;

inline void require(bool holds, const string &what) {
  if (!holds) throw std::runtime_error(what);
}

// What a pointer of an optional element must point to.
template <class T>
const T &given(const T *value, const string &what = "an element") {
  require(value != nullptr, what + " is missing");
  return *value;
}

struct Options : std::map<string, string> {
  Options(int count, char **words) {
    for (int i = 1; i + 1 < count; i += 2) (*this)[string(words[i]).substr(2)] = words[i + 1];
  }
  const string &operator()(const char *name) const {
    auto found = find(name);
    require(found != end(), string("missing option --") + name);
    return found->second;
  }
};

inline string contents(const string &path) {
  std::ifstream file(path, std::ios::binary);
  require(bool(file), "cannot read " + path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline string uuid() { return contents("/proc/sys/kernel/random/uuid").substr(0, 36); }

inline string json(const string &text) {
  string out = "\"";
  for (unsigned char c : text) {
    char code[8];
    if (c == '"' || c == '\\') (out += '\\') += static_cast<char>(c);
    else if (c < 0x20) out.append(code, snprintf(code, sizeof code, "\\u%04x", c));
    else out += static_cast<char>(c);
  }
  return out + "\"";
}
inline string json(const char *text) { return json(string(text)); }
inline string json(bool value) { return value ? "true" : "false"; }
inline string json(size_t count) { return std::to_string(count); }
template <class Many>
string json(const Many &many) {
  string out;
  for (const auto &each : many) out += (out.empty() ? "" : ",") + json(each);
  return "[" + out + "]";
}

// Names and values in JSON.
using Facts = vector<std::pair<string, string>>;

inline void say(const Facts &line) {
  string out;
  for (const auto &[key, value] : line) out += (out.empty() ? "" : ",") + json(key) + ":" + value;
  std::cout << "{" << out << "}" << std::endl;
}

// One finished step.
inline void tell(const string &step, Facts facts = {}) {
  facts.insert(facts.begin(), {"step", json(step)});
  say(facts);
}

// Asks whoever started this process, and gives the line they answer.
inline string ask(const string &question, const Facts &facts) {
  Facts line = facts;
  line.insert(line.begin(), {"ask", json(question)});
  say(line);
  string answer;
  require(bool(std::getline(std::cin, answer)) && !answer.empty(), "nobody answered: " + question);
  return answer;
}

// Runs a story; the exit code of its process.
template <class Story>
int told(int count, char **words, Story story) {
  try {
    story(Options(count, words));
    return 0;
  } catch (const std::exception &error) {
    std::cerr << error.what() << std::endl;
    return 1;
  }
}

#endif
