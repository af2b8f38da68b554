/**
 * Every bound of the product that a caller, a client or the passing of time could otherwise grow without
 * end, in one place, each with its unit in the name and its reason beside it. Configuration may override
 * those that `config.ts` names.
 */
export const LIMITS = {
  // Wire: one request.
  /** Largest request body. 100,000 volume ids in one call are 8 MB; nothing real comes near. */
  requestBodyBytes: 8 * 1024 * 1024,
  /** Deepest nesting of elements. The deepest legal VASA message has 14; the tokenizer is quadratic in depth. */
  xmlDepth: 32,
  /** Elements in one request: room for a batch of 100,000 ids. */
  xmlElements: 250_000,
  /** Attributes of one element, namespace declarations included. */
  xmlAttributes: 32,
  /** Attributes in one request: one for each element, which Axis2 clients come near, and some to spare. */
  xmlAttributesInAll: 300_000,
  /** Characters of text in one element: a CRL of a busy CA in base64 is the largest real one. */
  xmlTextCharacters: 4 * 1024 * 1024,
  /**
   * Bodies of all requests on their way in, by the length they announce: 10,000 connections with the
   * largest each would be 80 GB, and anybody may open them.
   */
  requestBodiesBytes: 256 * 1024 * 1024,
  /** Bodies up to here are not counted among them, so that a flood of large ones stops no ordinary call. */
  requestBodyUncountedBytes: 16 * 1024,
  /**
   * Body of a request from whom no trusted certificate is known: certificates and CRLs of a registration.
   * Reading is work before anybody is refused, and that of the largest body takes half a second.
   */
  strangerBodyBytes: 1024 * 1024,
  /** Size of all HTTP headers together. */
  headerBytes: 16 * 1024,

  // Wire: one connection.
  /** Connections that the system holds for us: vCenter's largest set of hosts may come within a second. */
  acceptsWaiting: 4_096,
  /** Characters of an answer that are put into bytes, and sent, in one go: some tenths of a millisecond of either. */
  answerPieceCharacters: 64 * 1024,
  /** Items of a long list that are written before it is looked whether a piece is full. */
  answerSliceItems: 128,
  /** Items of a list that are written in one go: some milliseconds. */
  answerWholeItems: 1_000,
  /** Answers ready in one turn of the event loop that wait for each other: more than that leave before its end. */
  answersGathered: 32,
  /** From the answer's first byte to its last taken by the client, or up to a quarter longer: one that does not read holds a connection. */
  answerTimeoutMs: 60_000,
  /** From the first byte of a connection or request to the last header. */
  headersTimeoutMs: 20_000,
  /** From the first byte of a request to the last of its body. */
  requestTimeoutMs: 60_000,
  /** To the first byte of a TLS handshake, and from there to its end. */
  handshakeTimeoutMs: 20_000,
  /** Handshakes under way at once; with `handshakeSlotMs` at least 256 a second, however slow the clients. */
  handshakesAtOnce: 64,
  /** Handshakes begun in one turn of the event loop: some 10 ms, after which calls are looked at. */
  handshakesPerTurn: 8,
  /** How long a handshake that does not come to its end keeps its place among those under way. */
  handshakeSlotMs: 250,
  /** Handshakes that were begun and are too slow to be counted as under way; some 50 kB each. */
  handshakesUnfinished: 2_000,
  /** Connections that wait to begin their handshake: vCenter's largest set of hosts and some to spare. */
  handshakesWaiting: 4_096,
  /** How long they wait: hosts give up after some 30 s, and work for one that has given up is lost. */
  handshakeWaitMs: 20_000,
  /** Idle connection; longer than the 10 s at which hosts poll, so that polling needs no new handshake. */
  keepAliveTimeoutMs: 75_000,
  /** Open connections. vCenter's largest cluster set is 2,500 hosts, a few connections each. */
  connections: 10_000,
  /** Connections that have sent nothing yet. */
  connectionsSilent: 2_000,
  /** Requests of one connection under way: whoever sends more at once has not waited for a single answer. */
  requestsPerConnection: 8,
  /** Clients whose intermediate certificates are kept for their resumed TLS sessions; a few kB each. */
  rememberedChains: 4_096,
  /** Largest such chain that is kept: anybody may show one, and TLS takes 100 kB. */
  rememberedChainBytes: 16 * 1024,

  // Wire: many at once.
  /** Calls under way at once: far more than the array commits together, and few enough to be held in memory. */
  callsAtOnce: 256,
  /** Calls begun in one turn of the event loop, which is some 10 ms of work; the others are put in order. */
  callsPerTurn: 64,
  /** Calls that wait in one lane: one of each of vCenter's largest set of hosts, and some to spare. */
  callsWaiting: 4_096,
  /** Calls that wait of one session, which knows how many it may have under way: four times as many. */
  callsWaitingPerSession: 64,
  /** How long a call waits: hosts give up after some 30 s. */
  callWaitMs: 20_000,
  /** How often a line tells what is being refused under load. */
  sheddingEveryMs: 10_000,
  /** Lines about failed connections within that time; the others are counted. */
  sheddingLines: 100,

  // Sessions.
  /** Live sessions; when full the one idle longest goes. */
  sessions: 20_000,
  /** Sessions of one client certificate: an ESXi host has one, a vCenter a few. */
  sessionsPerCertificate: 64,
  /** Sliding time-out when the client asks for none. */
  sessionTimeoutSeconds: 1_800,
  /** Bounds of the time-out a client may ask for. */
  sessionTimeoutSecondsMin: 30,
  sessionTimeoutSecondsMax: 86_400,
  /** How long a host keeps its id without being heard: three of the polls that hosts make every 10 s. */
  hostHeldMs: 30_000,
  /** Initiators, mounts and addresses of one session: a vCenter names those of all its hosts. */
  usageContextEntries: 50_000,
  /** Characters of one text in a usage context: an iSCSI name has 223, an NFS path up to 1,024. */
  usageContextCharacters: 1_024,

  // Calls.
  /** Tasks of take-overs remembered: they have ended when they are answered, and are rare. */
  activationsKept: 256,
  /** Items in one batch call; advertised as maxBatchSize, above it TooMany. */
  batchItems: 1_000,
  /** Items of one batch worked on at once: enough for an array to commit them as a group, and room for others between. */
  batchParallelItems: 128,
  /** Ids in one information query, which is cheap: above it TooMany where declared. */
  queryItems: 10_000,
  /** Volumes in one question about compliance; vSphere asks about 1,000 at most. */
  complianceSubjects: 10_000,
  /** Advertised as maxConcurrentRequestsPerSession. */
  concurrentRequestsPerSession: 16,
  /** Metadata pairs of one virtual volume. */
  metadataPairs: 256,
  /** Characters of one metadata key or value. */
  metadataCharacters: 16 * 1024,
  /** Characters of one storage profile, kept as text with its volume: a rich one has some thousands. */
  profileCharacters: 256 * 1024,
  /** Longest that snapshots of one call may take, whatever the client allows: its virtual machine stands still. */
  snapshotTimeoutMs: 600_000,
  /** Things in one question about statistics, and manifests in one call; advertised as maxRetrievalSize. */
  statisticsItems: 1_000,
  /** Datastores in one question of Storage DRS, whose answer grows with its square: a datastore cluster has some dozens. */
  storageDrsEntities: 512,
  /** Changes read from the array's feed in one step. */
  changesPerRead: 500,
  /** Events read from the store in one step while looking for those a client subscribed to. */
  eventsPerRead: 500,
  /** Volume ids read from the array in one step of a search. */
  foundVolumesPerRead: 1_000,
  /** How long changes of the array gather before they are numbered unasked, so that many share one write. */
  numberingDelayMs: 200,
  /** Events in one getEvents reply; the client polls again for the rest. */
  eventsPerReply: 100,
  /** Events kept; a client further behind gets LostEvent. */
  eventsKept: 100_000,
  /** The latest events that are kept ready in memory: what hosts that poll every few seconds have not seen. */
  eventsRemembered: 2_000,
  /** Entries kept in the log of alarms; a client further behind gets LostAlarm. What is active stays. */
  alarmsKept: 10_000,
  /** Alarms in one getAlarms reply; the client polls again for the rest. */
  alarmsPerReply: 100,
  /** Entries of the log of alarms read from the store in one step. */
  alarmsPerRead: 500,
  /** How long hints of a change gather before the states behind alarms are looked at. */
  alarmDelayMs: 1_000,
  /** How often they are looked at unasked: certificates and arrays that say nothing. */
  alarmWatchMs: 60_000,
  /** Active alarms about volumes that break their profile: a pool that fails has a million; its own alarm stands. */
  complianceAlarms: 10_000,
  /** Volumes whose compliance is judged in one step: some 10 ms; ten thousand take less than a second. */
  judgedPerStep: 128,

  // Credentials and certificates.
  /** User names and passwords: the limit vSphere states. */
  credentialCharacters: 255,
  /** Failed logins of one user from one network before the user is locked out there. */
  loginFailures: 5,
  /** Failed logins from one network, whoever's, before it is locked out: several people may sit behind one address. */
  loginFailuresOfNetwork: 20,
  /** Failed logins of one user from everywhere before each network has one try alone. */
  loginFailuresOfUser: 50,
  /** How long a lock-out lasts. */
  lockoutMs: 300_000,
  /** Names and addresses remembered for the lock-out. */
  lockoutEntries: 10_000,
  /** Certificates and CRLs in one registration call. */
  certificatesPerCall: 64,
  /** Certificates, and CRLs, of one registration: vCenters that share it add theirs to each other's. */
  certificatesPerRegistration: 256,
  /** Registrations (vCenters) kept. */
  registrations: 64,
  /** Notices (certificate expiry) remembered as given: five for each certificate and CRL at most. */
  noticesKept: 10_000,
  /** Bootstrap grants held; the oldest goes. Registrations are made by hand, one at a time. */
  bootstrapGrants: 256,
  /** How long after an authenticated registration its peer may ask for and install the signed certificate. */
  bootstrapGrantMs: 15 * 60_000,
  /** Certificates of one chain, leaf and root included: real ones have two or three. */
  chainCertificates: 8,
  /** Signatures checked to judge one certificate: many CAs of one name make many possible chains. */
  chainSignatures: 64,
  /** Certificates whose judgement is remembered: as many as sessions. */
  judgedCertificates: 20_000,
  /** Intermediate CAs remembered from handshakes: a resumed TLS session does not send them again. */
  knownIntermediates: 256,
  /** Logins that wait for a password check, which takes 32 MB and a third of a second each. */
  loginsWaiting: 8,
  /** vCenters noted under one registration, which those with a common CA share: as many as registrations. */
  vcentersPerRegistration: 64,
  /** Removed CAs remembered, so that the log can say why their clients are refused. */
  removedAuthorities: 64,

  // Recordings of acceptance runs.
  /** Bytes of one, uncompressed: a whole run has some ten millions. */
  recordingBytes: 512 * 1024 * 1024,
  /** Calls of one: as many as a run may make. */
  recordingCalls: 100_000,
  /** Characters of one line, which holds one call: the longest answer that the runner reads. */
  recordingLineCharacters: 64 * 1024 * 1024,
  /** Longest wait before a call of a replay, where the recording waited too. */
  replayPauseMs: 60_000,
  /** Differences of one call that are told; of two answers that have nothing in common there are thousands. */
  replayDifferencesOfCall: 20,

  // Reports of acceptance runs.
  /** Longest message that stands in its call; a longer one is kept once, by its hash, for all calls that had it. */
  reportInlineCharacters: 4 * 1024,
  /** Longest message in the page; the rest of it is in report.json. */
  reportPageMessageCharacters: 64 * 1024,
  /** All messages in the page, so that a browser can open that of a long run. */
  reportPageMessagesCharacters: 48 * 1024 * 1024,

  // Running the provider.
  /** Bytes of one file of the audit trail: some ten thousand records, which are checked at the start in a tenth of a second. */
  auditFileBytes: 4 * 1024 * 1024,
  /** Files of the audit trail, the open one included; the oldest goes, and the trail says so. */
  auditFiles: 16,
  /** Characters of one text in a record of the audit trail. */
  auditTextCharacters: 512,
  /** Records a minute about logins that failed: strangers make those, and shall not push out all others. */
  auditTellsPerMinute: 60,
  /** Bytes of a backup that is restored: a hundred thousand events are some 50 MB. */
  backupBytes: 1024 * 1024 * 1024,
  /** Files of a backup: the database and a few keys. */
  backupFiles: 64,
  /** Farthest that the clock may be moved from the time of day, either way: ten years. */
  clockOffsetMs: 10 * 365 * 86_400_000,
  /** How often certificates and CRLs are looked at for their end; the finest notice is one day. */
  expiryWatchMs: 3_600_000,
  /** Longest delay that a fault rule may make. */
  faultDelayMs: 600_000,
  /** Jobs that fault rules hold at once. */
  faultHeldJobs: 256,
  /** Properties that one fault rule takes from volumes: more than any declaration has. */
  faultRuleProperties: 256,
  /** Fault rules in force at once: each is held against every call. */
  faultRules: 256,
  /** How long the array may take to answer before it counts as silent; monitors wait a few seconds. */
  healthCheckMs: 3_000,
  /** How often sessions, verbose switches and prepared snapshots that have ended unasked are cleared away. */
  sweepMs: 30_000,
  /** How old figures of the array may be that metrics show: its owner counts them for each question. */
  metricsArrayFiguresMs: 60_000,
  /** Certificates and CRLs in the metrics, the nearest to their end first: each is a time series. */
  metricsCertificates: 64,
  /** Pools in the metrics: each is two time series. */
  metricsPools: 256,
  /** Characters of a path or name in an order of the operator. */
  pathCharacters: 4_096,
  /** Characters of the configuration file. */
  configFileCharacters: 1024 * 1024,
  /** How long a command waits for an order to the array: a check or a copy of a large one takes minutes. */
  arrayOrderMs: 1_800_000,
  /** Largest body of a call to the local admin socket: a certificate chain. */
  adminBodyBytes: 256 * 1024,
  /** Items of one page of the admin API: what a table shows at once, read in some milliseconds. */
  adminPageItems: 200,
  /** Volumes that one page of a list looks at while it searches: some 50 ms. */
  adminVolumesLookedAt: 2_000,
  /** Volumes of one family that are shown as a tree: more can neither be drawn nor read. */
  adminTreeVolumes: 500,
  /** Ended tasks that are shown. */
  adminEndedTasks: 50,
  /** Most that one caller of the console's listener may ask at once. */
  consoleBurst: 200,
  /** Callers whose rate is remembered. */
  consoleCallers: 1_000,
  /** Connections to the console's listener: some browsers have six each, and one for live updates. */
  consoleConnections: 128,
  /** How long somebody who is logged in to the console may do nothing. */
  consoleIdleMs: 30 * 60_000,
  /** Bytes of live updates that a page has not taken yet; above it the page is let go, and comes again. */
  consoleLiveBytes: 256 * 1024,
  /** Pages with live updates at once. */
  consoleLivePages: 32,
  /** How often a page with live updates hears something, so that both ends know that the other is there. */
  consoleHeartbeatMs: 15_000,
  /** Requests in a second that one caller of the console's listener may make on and on. */
  consoleRequestsPerSecond: 50,
  /** How long somebody may be logged in to the console at all. */
  consoleSessionMs: 12 * 3_600_000,
  /** People logged in to the console at once; above it the one who was idle longest goes. */
  consoleSessions: 64,
  /** How long changes gather before pages with live updates are told. */
  liveGatherMs: 250,
  /** Requests in one telling; of more the latest. */
  liveRequests: 100,
  /** Requests kept in memory to be shown; some 1 kB each. */
  recentRequests: 500,
  /** Characters of SOAP kept with them: as much as 16 of the largest messages that the log holds. */
  recentBodiesCharacters: 8 * 1024 * 1024,
  /** Containers whose space is looked at for charts. */
  spaceContainers: 256,
  /** How often it is looked at. */
  spaceSampleMs: 60_000,
  /** Looks kept for each: a day. */
  spaceSamples: 1_440,
  /** Characters of one text value in a log line; the rest is cut. */
  logTextCharacters: 2_000,
  /** Characters of one SOAP body in a verbose log line; the rest is cut. */
  logBodyCharacters: 256 * 1024,
  /** Errors of a cause chain in one log line. */
  logCauses: 8,
  /** Volume ids named in one log line. */
  logVvolIds: 16,
  /** Spans of traces on their way to the collector; above it they are dropped. Some kilobytes each. */
  traceSpans: 2_048,
  /** Verbose switches in force at once. */
  verboseSwitches: 32,
  /** Longest time that one verbose switch stays on; nobody forgets it for ever. */
  verboseSeconds: 86_400,

  // Support: bundle and doctor.
  /** How long one check of the doctor may take: it asks machines that may not be there. */
  doctorCheckMs: 20_000,
  /** How long the doctor waits for a machine to take a connection: one that drops it says nothing. */
  doctorConnectMs: 5_000,
  /** Longest answer of another machine that the doctor reads: a version.xml has some hundred characters. */
  doctorAnswerBytes: 1024 * 1024,
  /** Certificates and CRLs of which a support bundle has the public parts. */
  supportCertificates: 10_000,
  /** Largest database that is copied to be looked at: a full store has some 50 MB. */
  supportDatabaseBytes: 1024 * 1024 * 1024,
  /** Bytes of logs in a support bundle, newest first; packed they are a tenth of that. */
  supportLogBytes: 128 * 1024 * 1024,
  /** Longest line of a log that is read: two bodies of the longest kind, escaped. */
  supportLineCharacters: 4 * 1024 * 1024,
  /** Deepest nesting of what goes into a support bundle; ours has some ten levels. */
  supportDepth: 64,
  /** Names in logs of which it is remembered whether they sound like a secret: ours are some hundred. */
  supportNames: 10_000,
  /** Kinds of peers that are listed from the log: certificates with their hosts and addresses. */
  supportPeers: 10_000,
  /** How long one source of a support bundle may take; then the bundle goes on without it. */
  supportSourceMs: 120_000,
  /** After that no further source is asked: somebody waits for the bundle. */
  supportAllMs: 600_000,
  /** How long a provider may take to say that it is there: three times what it gives its array. */
  supportStatusMs: 9_000,
  /** Unpacked bytes of a support bundle that is verified. */
  supportBundleBytes: 1024 * 1024 * 1024,
  /** Largest text of one other file in a support bundle. */
  supportTextCharacters: 16 * 1024 * 1024,

  // Reading logs.
  /** Calls of each log that are remembered to compare its clock with the provider's: pairs are tried. */
  logReaderClockCalls: 2_000,
  /** Entries of a story that tell of a fault, a warning or a change: more than that nobody reads. */
  logReaderEntries: 2_000,
  /** Different things that one kind of finding is about, such as certificates that were refused. */
  logReaderGroups: 200,
  /** Characters of one line: the bodies of a call and what JSON makes of them, several times over. */
  logReaderLineCharacters: 4 * 1024 * 1024,
  /** Hosts, certificates, volumes and machines that are told apart, of each. */
  logReaderNames: 20_000,
  /** Entries of a story that tell of ordinary calls. */
  logReaderOrdinary: 1_000,
  /** Lines of one decoded SOAP body that are shown. */
  logReaderSoapLines: 60,

  // An array in another process.
  /** How long a call waits for its answer; the port promises one within seconds. */
  arrayAnswerMs: 60_000,
  /** Calls of one provider under way at once: as many as wait for the simulated array. Above it `busy`. */
  arrayCallsUnderWay: 4_096,
  /** How long the opening waits for the array to be there: both may be started at once. */
  arrayConnectMs: 10_000,
  /** Connections to an array that is served: providers, and tools that look at it. */
  arrayConnections: 64,
  /** Characters of an id, key or name in an argument: free ids of vendors are some dozens. */
  arrayIdCharacters: 4_096,
  /** Items of one list in an argument: as many as one query may name, and a page of changes. */
  arrayItems: 100_000,
  /** Largest message either way: every binding of 100,000 is 40 MB. */
  arrayMessageBytes: 64 * 1024 * 1024,
  /** Deepest nesting of a message: an answer, a list, a volume, its profile, values, a time span. */
  arrayMessageDepth: 32,
  /** Longest pause between two attempts to reach an array that has gone; the first is 50 ms. */
  arrayRetryMs: 2_000,
  /** Characters of one text in an argument: a profile's document is the largest. */
  arrayTextCharacters: 1024 * 1024,

  // The simulated array.
  /** Volumes whose IO is counted; the one idle longest is forgotten, and counts from 0 again. Some 300 bytes each. */
  countedVolumes: 100_000,
  /** Chunks that the simulated cache remembers, for the hits that statistics count: 512 MB of 64 KiB each. */
  simulatedCacheChunks: 8_192,
  /** Entries of the option `load`. */
  syntheticLoads: 1_000,
  /** Changing calls in one transaction: enough that the flush to disk is shared, short enough (some 20 ms) for others. */
  arrayCallsPerCommit: 256,
  /** Changing calls that wait; above it `busy`. Four full batches of bind calls. */
  arrayCallsWaiting: 4_096,
  /** The array's file is checked whole at start up to this size: about half a second. */
  arrayCheckedAtOpenBytes: 128 * 1024 * 1024,
  /** Named states kept at once: each is as large as the array. */
  arrayStates: 64,
  /** Bindings of one host: what vSphere's configuration maximums state for one host. */
  bindingsPerHost: 4_096,
  /** Bits of one bitmap: a disk of 64 TB in pieces of 4 MB; the answer is 2 MB. */
  bitmapChunks: 16 * 1024 * 1024,
  /** Nodes of content that one step of a bitmap looks at: some 10 ms, where all differs some 80. */
  bitmapStepNodes: 512,
  /** Changes kept in the feed: as many as events, which are made from them. */
  changesKept: 100_000,
  /** Volumes that one page of a search looks at: some 30 ms. */
  findCandidates: 16_384,
  /** Constraints of one search: real ones have up to three. */
  findConstraints: 64,
  /** Bytes of one piece of a write or read of the data path: some milliseconds of work. */
  dataPieceBytes: 1024 * 1024,
  /** How long an ended job is kept: hosts poll for seconds, people look the day after. */
  jobKeptMs: 24 * 3_600_000,
  /** Longest time that a job may be made to take. */
  jobPaceMs: 24 * 3_600_000,
  /** Most questions that a job may be made to take. */
  jobPacePolls: 1_000_000,
  /** Ended jobs kept within that time. */
  jobsKept: 100_000,
  /** Jobs under way at once; above it `busy`. Each gets a step in turn. */
  jobsOpen: 256,
  /** Nodes of content that one step of a copy looks at: some 20 ms. */
  jobStepNodes: 32,
  /** Answers about policies that the array remembers: few profiles are asked of many volumes. */
  policyAnswersKept: 1_000,
  /** Entries of one list of a declaration of capabilities, and values in one set of a profile; real ones have some dozens. */
  policyEntries: 256,
  /** Different lists of what volumes are given; few profiles are asked of many volumes. A megabyte each thousand. */
  policyServicesKept: 10_000,
  /** Characters of one text of a declaration of capabilities, and of one value in a profile. */
  policyTextCharacters: 1_024,
  /** How long a prepared snapshot waits to be taken: hosts take it within seconds. */
  preparedSnapshotMs: 3_600_000,
  /** Steps of freeing what was given up (512 chunks, some 10 ms each) before a container counts as full. */
  reclaimStepsAtOnce: 256,
  /** Nodes of content that one question about sharing looks at: some 50 ms. */
  sharingNodes: 2_048,
  /** Hosts in one report on the array; those with the oldest bindings come first. */
  shownHosts: 1_000,
  /** Snapshots and fast clones of one volume; vSphere needs 31. */
  snapshotsPerVolume: 1_024,
  /** Volumes of one container. */
  volumesPerContainer: 1_000_000,
} as const;
