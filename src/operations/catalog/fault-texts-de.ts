/**
 * The VASA faults in German, for the Fault catalog: when each is raised and what to do, as the English
 * texts in model/faults.ts say it. Every fault has a text, or this does not compile.
 */
import type { FaultName } from '../../model/faults.ts';

export const GERMAN_FAULTS: Readonly<Record<FaultName, string>> = {
  ActivateProviderFailed:
    'Dieser Provider konnte für das Array nicht aktiv werden. Prüfen Sie den in der Aktivierung genannten Partner und das Protokoll dieses Providers.',
  InactiveProvider:
    'Ein anderer Provider der Gruppe bedient derzeit dieses Array oder diesen Container. Senden Sie den Aufruf an den aktiven Provider, oder aktivieren Sie diesen.',
  IncompatibleVolume:
    'Die beiden virtuellen Volumes stehen nicht in der Beziehung, die der Vorgang braucht. Nennen Sie einen Snapshot oder Klon desselben Volumes.',
  InvalidArgument:
    'Ein Argument fehlt, ist fehlerhaft oder liegt außerhalb seines Bereichs. Berichtigen Sie das Argument, das der Fehlertext nennt.',
  InvalidCertificate:
    'Ein Zertifikat oder eine Sperrliste ist nicht lesbar, abgelaufen, noch nicht gültig oder nicht bekannt. Prüfen Sie Daten, Aussteller und Form des Zertifikats, das der Fehler mitführt.',
  InvalidLogin:
    'Benutzername und Kennwort sind falsch oder fehlen, oder das Konto ist zeitweise gesperrt. Geben Sie die richtigen Anmeldedaten an; warten Sie nach zu vielen Fehlversuchen das Ende der Sperre ab.',
  InvalidProfile:
    'Ein Speicherprofil nennt, was niemand angegeben hat, widerspricht sich oder verlangt bei einem Profilwechsel, was der Container nicht bietet. Ändern Sie die Speicherrichtlinie so, dass sie die veröffentlichten Fähigkeiten des Arrays verwendet.',
  InvalidSession:
    'Es gibt keine gültige Sitzung, oder das Clientzertifikat fehlt, ist nicht vertrauenswürdig oder ein anderes. Legen Sie das registrierte Zertifikat vor, und rufen Sie setContext erneut auf.',
  InvalidStatisticsContext:
    'Es wurden Statistiken abgefragt, die setStatisticsContext nicht vereinbart hat. Rufen Sie setStatisticsContext mit Zählern auf, die das Manifest anbietet.',
  LostAlarm:
    'Alarme nach der angegebenen Kennung werden nicht mehr aufbewahrt. Beginnen Sie wieder bei -1, und lesen Sie den Zustand neu ein.',
  LostEvent:
    'Ereignisse nach der angegebenen Kennung werden nicht mehr aufbewahrt. Beginnen Sie wieder bei -1, und lesen Sie das Inventar neu ein.',
  NotCancellable:
    'Die Aufgabe ist beendet oder von einer Art, die nicht angehalten werden kann. Lesen Sie das Ergebnis der Aufgabe.',
  NotFound:
    'Das Array, der Container, das Volume, das Profil oder die Aufgabe, die der Aufruf nennt, gibt es nicht. Lesen Sie das Inventar neu ein.',
  NotImplemented: 'Dieser Provider hat den Vorgang nicht. Kommen Sie ohne ihn aus.',
  NotSupported:
    'Das Array kann dies mit diesem Objekt nicht tun, etwa ein Volume verkleinern. Kommen Sie bei diesem Objekt ohne es aus.',
  OutOfResource:
    'Der Container hat den Platz oder die Objekte nicht mehr oder bietet nichts, was das Speicherprofil erfüllt. Schaffen Sie Platz, vergrößern Sie den Container, oder wählen Sie einen, der bietet, was das Profil verlangt.',
  PermissionDenied:
    'Der Aufrufer ist bekannt, darf dies aber nicht. Die Protokollzeile nennt die Regel, die es abgelehnt hat.',
  ResourceInUse:
    'Das virtuelle Volume ist gebunden, oder eine andere Arbeit hält es. Lösen Sie alle Bindungen, oder warten Sie das Ende der Arbeit ab, und versuchen Sie es erneut.',
  SnapshotTooMany:
    'Die Höchstzahl der Snapshots eines Volumes ist erreicht. Löschen Sie Snapshots, die nicht mehr gebraucht werden.',
  StorageFault:
    'Das Array oder der Provider ist auf eine Weise ausgefallen, die der Aufrufer nicht beheben kann. Suchen Sie die Protokollzeile mit der Anforderungskennung, die der Fehlertext nennt.',
  Timeout:
    'Die Arbeit war in der Zeit, die der Aufrufer gelassen hat, nicht getan und wurde zurückgenommen. Versuchen Sie es erneut, mit mehr Zeit oder weniger Volumes.',
  TooMany:
    'Der Aufruf nennt mehr Einträge, als ein Aufruf darf. Teilen Sie den Aufruf; der Fehler nennt die größte erlaubte Zahl.',
  VasaProviderBusy: 'Es ist zu viel Arbeit im Gange. Versuchen Sie es nach einer Pause erneut.',
};
