// The faults of VASA 2.0, for client.hpp.
#ifndef KEELSON_TEST_FAULTS_HPP
#define KEELSON_TEST_FAULTS_HPP

#define VASA_FAULTS(each)                                                                             \
  each(ActivateProviderFailed) each(InactiveProvider) each(IncompatibleVolume) each(InvalidArgument)  \
  each(InvalidCertificate) each(InvalidLogin) each(InvalidProfile) each(InvalidSession)               \
  each(InvalidStatisticsContext) each(LostAlarm) each(LostEvent) each(NotCancellable) each(NotFound)  \
  each(NotImplemented) each(NotSupported) each(OutOfResource) each(PermissionDenied)                  \
  each(ResourceInUse) each(SnapshotTooMany) each(StorageFault) each(Timeout) each(TooMany)            \
  each(VasaProviderBusy)

#endif
