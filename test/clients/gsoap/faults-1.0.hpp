// The faults of VASA 1.0, for client.hpp.
#ifndef KEELSON_TEST_FAULTS_HPP
#define KEELSON_TEST_FAULTS_HPP

#define VASA_FAULTS(each)                                                                      \
  each(InvalidArgument) each(InvalidCertificate) each(InvalidLogin) each(InvalidSession)       \
  each(LostAlarm) each(LostEvent) each(NotFound) each(NotImplemented) each(StorageFault)

#endif
