/*
 * The operations that the stand-in offers, by the names and parameters of the generated interface. One array, one
 * container of SCSI endpoints, volumes in a map; work is done at once. No client's certificate is looked at.
 */

import com.vmware.vim.vasa.data.vvol.xsd.*;
import com.vmware.vim.vasa.data.xsd.*;
import com.vmware.vim.vasa.data.policy.profile.xsd.StorageProfile;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.ws.WebServiceContext;
import javax.xml.ws.handler.MessageContext;
import vasa.vim.vmware.com._2_0.xsd.DeleteVirtualVolume;
import vasa.vim.vmware.com._2_0.xsd.SetPEContext;
import vasa.vim.vmware.com._2_0.xsd.UnregisterVASACertificate;
import vasa.vim.vmware.com._2_0.xsd.UpdateVirtualVolumeMetaData;

public final class Served {
  /** Called without a session. */
  static final Set<String> OPEN = Set.of("registerCACertificatesAndCRLs", "setContext");

  private static final String ARRAY = "stand-in";
  private static final String CONTAINER = "0d9c2f8e-7f5b-4a3e-9d55-1e6a3c7b9a10";
  private static final String ENDPOINT = "endpoint-1";
  private static final String LUN = "naa.60000000000000000000000000000001";
  private static final String VOLUME_ID = "rfc4122\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private static final class Volume {
    final long sizeInMB;
    final Map<String, String> metadata = new LinkedHashMap<>();
    final Set<String> holders = new LinkedHashSet<>();

    Volume(long sizeInMB) {
      this.sizeInMB = sizeInMB;
    }
  }

  WebServiceContext context;
  private final String user;
  private final String password;
  /** Hosts and vCenters by session. */
  private final Map<String, String> sessions = new LinkedHashMap<>();
  private final Set<String> certificates = new LinkedHashSet<>();
  private final Map<String, Volume> volumes = new LinkedHashMap<>();
  private final Map<String, TaskInfo> tasks = new LinkedHashMap<>();

  Served(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /** What clients have left here. */
  synchronized String left() {
    return "volumes " + volumes.size() + ", certificates " + certificates.size();
  }

  synchronized void expectSession() throws Exception {
    if (!sessions.containsKey(cookie())) throw Faults.fault("InvalidSession", "open a session first");
  }

  @SuppressWarnings("unchecked")
  private String cookie() {
    Object headers = context.getMessageContext().get(MessageContext.HTTP_REQUEST_HEADERS);
    for (Map.Entry<String, List<String>> each : ((Map<String, List<String>>) headers).entrySet())
      if (each.getKey().equalsIgnoreCase("cookie"))
        for (String pair : String.join(";", each.getValue()).split(";"))
          if (pair.trim().startsWith("VASASESSIONID=")) return pair.trim().substring(14);
    return "";
  }

  private String caller() {
    return sessions.get(cookie());
  }

  public synchronized VasaProviderInfo registerCACertificatesAndCRLs(
      String name, String secret, List<String> roots, List<String> crls) throws Exception {
    if (!user.equals(name) || !password.equals(secret))
      throw Faults.fault("InvalidLogin", "wrong user name or password");
    for (String each : roots) certificates.add(each.trim());
    return about("0");
  }

  public synchronized void unregisterVASACertificate(UnregisterVASACertificate given)
      throws Exception {
    if (!certificates.remove(String.valueOf(given.getExistingCertificate()).trim()))
      throw Faults.fault("InvalidCertificate", "not a registered certificate");
  }

  public synchronized VasaProviderInfo setContext(UsageContext usage) throws Exception {
    String who = usage == null ? null : usage.getHostGuid();
    if (who == null && usage != null) who = usage.getVcGuid();
    if (who == null) throw Faults.fault("InvalidArgument", "a host or a vCenter must be named");
    String session = UUID.randomUUID().toString();
    sessions.put(session, who);
    context
        .getMessageContext()
        .put(
            MessageContext.HTTP_RESPONSE_HEADERS,
            Map.of("Set-Cookie", List.of("VASASESSIONID=" + session + "; Secure; HttpOnly")));
    return about(session);
  }

  private static VasaProviderInfo about(String session) {
    VasaProviderInfo about = new VasaProviderInfo();
    about.setUid("3b9f9f5c-2f44-4b0c-a6c5-5f0d8f4f2c11");
    about.setName("JAX-WS stand-in");
    about.setDefaultNamespace("com.example.standin");
    about.setVasaApiVersion("2.0");
    about.setVasaProviderVersion("1");
    about.setSessionId(session);
    about.setDefaultSessionTimeoutInSeconds(3600L);
    about.setMaxBatchSize(100L);
    about.getSupportedProfile().add("VirtualVolumeProfile");
    return about;
  }

  public List<StorageArray> queryArrays(List<String> ids) {
    StorageArray array = new StorageArray();
    array.setUniqueIdentifier(ARRAY);
    array.setArrayName("stand-in");
    array.getSupportedBlock().add("ISCSI");
    array.getSupportedProfile().add("VirtualVolumeProfile");
    return asked(ids, ARRAY) ? List.of(array) : List.of();
  }

  public List<StorageContainer> queryStorageContainer(List<String> ids) {
    StorageContainer container = new StorageContainer();
    container.setUniqueIdentifier(CONTAINER);
    container.setName("container");
    container.setMaxVvolSizeMB(1L << 20);
    container.setProtocolEndPointType("SCSI");
    return asked(ids, CONTAINER) ? List.of(container) : List.of();
  }

  public List<String> queryStorageContainerForArray(String array) throws Exception {
    expectArray(array);
    return List.of(CONTAINER);
  }

  public List<ProtocolEndpoint> queryProtocolEndpoint(List<String> ids) {
    ProtocolEndpoint endpoint = new ProtocolEndpoint();
    endpoint.setUniqueIdentifier(ENDPOINT);
    endpoint.setInBandBindCapability("None");
    endpoint.setInBandId(inBand());
    return asked(ids, ENDPOINT) ? List.of(endpoint) : List.of();
  }

  public List<String> queryProtocolEndpointForArray(String array) throws Exception {
    expectArray(array);
    return List.of(ENDPOINT);
  }

  public void setPEContext(SetPEContext given) {}

  public List<StorageEvent> getEvents(Long last) {
    return List.of();
  }

  public List<StorageAlarm> getAlarms(Long last) {
    return List.of();
  }

  private static boolean asked(List<String> ids, String id) {
    return ids == null || ids.isEmpty() || ids.contains(id);
  }

  private static void expectArray(String id) throws Exception {
    if (!ARRAY.equals(id)) throw Faults.fault("NotFound", "no such array");
  }

  private static ProtocolEndpointInbandId inBand() {
    ProtocolEndpointInbandId id = new ProtocolEndpointInbandId();
    id.setProtocolEndpointType("SCSI");
    id.setLunId(LUN);
    return id;
  }

  /** A weakness: neither is the size judged, nor the type. */
  public synchronized TaskInfo createVirtualVolume(
      String container,
      String type,
      StorageProfile profile,
      long sizeInMB,
      List<NameValuePair> metadata,
      String cookie)
      throws Exception {
    if (!CONTAINER.equals(container)) throw Faults.fault("NotFound", "no such container");
    String id = "rfc4122." + UUID.randomUUID();
    Volume volume = new Volume(sizeInMB);
    volumes.put(id, volume);
    update(volume, metadata);
    TaskInfo task = new TaskInfo();
    task.setTaskId(UUID.randomUUID().toString());
    task.setName("createVirtualVolume");
    task.setArrayId(ARRAY);
    task.setTaskState("Success");
    task.setProgress(100);
    task.setStartTime(DatatypeFactory.newInstance().newXMLGregorianCalendar(new GregorianCalendar()));
    task.setResult(id);
    tasks.put(task.getTaskId(), task);
    return task;
  }

  public synchronized TaskInfo getTaskUpdate(String id) throws Exception {
    TaskInfo task = tasks.get(id);
    if (task == null) throw Faults.fault("NotFound", "no such task");
    return task;
  }

  private Volume volume(String id) throws Exception {
    if (id == null || !id.matches(VOLUME_ID))
      throw Faults.fault("InvalidArgument", "not the form of an id");
    Volume volume = volumes.get(id);
    if (volume == null) throw Faults.fault("NotFound", "no such volume");
    return volume;
  }

  public synchronized void deleteVirtualVolume(DeleteVirtualVolume given) throws Exception {
    if (!volume(given.getVvolId()).holders.isEmpty())
      throw Faults.fault("ResourceInUse", "the volume is bound");
    volumes.remove(given.getVvolId());
  }

  public synchronized List<VirtualVolumeInfo> queryVirtualVolumeInfo(List<String> ids) {
    List<VirtualVolumeInfo> infos = new ArrayList<>();
    for (String id : ids) if (volumes.containsKey(id)) infos.add(info(id));
    return infos;
  }

  private VirtualVolumeInfo info(String id) {
    VirtualVolumeInfo info = new VirtualVolumeInfo();
    info.setUniqueIdentifier(id);
    info.setVvolId(id);
    volumes
        .get(id)
        .metadata
        .forEach(
            (name, value) -> {
              NameValuePair pair = new NameValuePair();
              pair.setParameterName(name);
              pair.setParameterValue(value);
              info.getMetadata().add(pair);
            });
    return info;
  }

  /** A weakness: keys are the same only where their case is. */
  private static void update(Volume volume, List<NameValuePair> pairs) {
    for (NameValuePair pair : pairs) {
      String value = pair.getParameterValue();
      if (value == null || value.isEmpty()) volume.metadata.remove(pair.getParameterName());
      else volume.metadata.put(pair.getParameterName(), value);
    }
  }

  public synchronized void updateVirtualVolumeMetaData(UpdateVirtualVolumeMetaData given)
      throws Exception {
    update(volume(given.getVvolId()), given.getKeyValuePair());
  }

  public synchronized List<String> queryVirtualVolume(List<QueryConstraint> constraints) {
    List<String> found = new ArrayList<>();
    volumes.forEach(
        (id, volume) -> {
          boolean fits =
              constraints.stream()
                  .allMatch(
                      each ->
                          volume.metadata.containsKey(each.getKey())
                              && (each.getValue() == null
                                  || each.getValue().equals(volume.metadata.get(each.getKey()))));
          if (fits) found.add(id);
        });
    return found;
  }

  public synchronized List<BatchVirtualVolumeHandleResult> bindVirtualVolume(
      List<String> ids, String bindContext, String cookie) throws Exception {
    if (ids.isEmpty() || !Set.of("Normal", "RebindStart").contains(bindContext))
      throw Faults.fault("InvalidArgument", "volumes and a context are needed");
    List<BatchVirtualVolumeHandleResult> rows = new ArrayList<>();
    for (String id : ids) {
      BatchVirtualVolumeHandleResult row = new BatchVirtualVolumeHandleResult();
      row.setVvolId(id);
      Volume volume = volumes.get(id);
      if (volume == null) {
        row.setFault(Faults.row("InvalidArgument"));
      } else {
        volume.holders.add(caller());
        VirtualVolumeHandle handle = new VirtualVolumeHandle();
        handle.setUniqueIdentifier(id);
        handle.setPeInBandId(inBand());
        handle.setVvolSecondaryId("0x" + id.substring(8, 16));
        row.setVvolHandle(handle);
        row.setVvolInfo(info(id));
        row.setVvolLogicalSize(volume.sizeInMB);
      }
      rows.add(row);
    }
    return rows;
  }

  /** A weakness: each context ends the binding, so that a rebind loses the volume. */
  public synchronized List<BatchReturnStatus> unbindVirtualVolume(
      List<VirtualVolumeHandle> handles, String unbindContext) {
    List<BatchReturnStatus> rows = new ArrayList<>();
    for (VirtualVolumeHandle handle : handles) {
      Volume volume = volumes.get(handle.getUniqueIdentifier());
      if (volume != null) volume.holders.remove(caller());
      rows.add(status(handle.getUniqueIdentifier(), volume));
    }
    return rows;
  }

  public synchronized List<BatchReturnStatus> unbindVirtualVolumeFromAllHost(List<String> ids) {
    List<BatchReturnStatus> rows = new ArrayList<>();
    for (String id : ids) {
      Volume volume = volumes.get(id);
      if (volume != null) volume.holders.clear();
      rows.add(status(id, volume));
    }
    return rows;
  }

  private static BatchReturnStatus status(String id, Volume volume) {
    BatchReturnStatus row = new BatchReturnStatus();
    row.setUniqueId(id);
    if (volume == null) {
      BatchErrorResult errors = new BatchErrorResult();
      errors.getError().add(Faults.row("NotFound"));
      row.setErrorResult(errors);
    }
    return row;
  }
}
