/*
 * A small provider of VASA 2.0 that is not ours: JAX-WS reads and writes its messages, the JDK's own server has
 * its TLS. It offers a subset, from memory, and has weaknesses (../README.md), for the acceptance runner's test.
 * Arguments: a PEM chain, its PKCS #8 key (EC), user name, password. Prints its port when it listens; when its
 * standard input ends it prints what is left in it and ends.
 */

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.jws.WebService;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.xml.ws.Endpoint;
import javax.xml.ws.WebServiceContext;
import javax.xml.ws.soap.SOAPBinding;
import javax.xml.ws.spi.Invoker;
import javax.xml.ws.spi.Provider;
import vasa.vim.vmware.com._2.VasaServicePortType;

public final class StandIn {
  private static final String VERSION_XML =
      "<providers><provider><vasaVersion id=\"version3\">"
          + "<serviceLocation>/services/vasa2</serviceLocation></vasaVersion></provider></providers>";

  /** What is published: every operation, of which `Served` has some. */
  @WebService(
      endpointInterface = "vasa.vim.vmware.com._2.VasaServicePortType",
      targetNamespace = "http://com.vmware.vim.vasa/2.0/",
      serviceName = "vasaService",
      portName = "vasaServiceHttpSoap11Endpoint")
  public abstract static class Published implements VasaServicePortType {}

  /** Calls what is served; the rest is NotImplemented, or StorageFault where that is not declared. */
  private static final class Subset extends Invoker {
    private final Served served;

    Subset(Served served) {
      this.served = served;
    }

    @Override
    public void inject(WebServiceContext context) {
      served.context = context;
    }

    @Override
    public Object invoke(Method method, Object... values)
        throws InvocationTargetException, IllegalAccessException {
      Method found;
      try {
        if (!Served.OPEN.contains(method.getName())) served.expectSession();
      } catch (Exception fault) {
        throw new InvocationTargetException(fault);
      }
      try {
        found = Served.class.getMethod(method.getName(), method.getParameterTypes());
      } catch (NoSuchMethodException absent) {
        throw new InvocationTargetException(Faults.notServed(method));
      }
      return found.invoke(served, values);
    }
  }

  public static void main(String[] given) throws Exception {
    Served served = new Served(given[2], given[3]);
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(Path.of(given[0]), Path.of(given[1]))));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    server.setExecutor(threads);
    server.createContext("/version.xml", StandIn::versionXml);
    Endpoint endpoint =
        Provider.provider()
            .createEndpoint(SOAPBinding.SOAP11HTTP_BINDING, Published.class, new Subset(served));
    endpoint.publish(server.createContext("/services/vasa2"));
    server.start();
    System.out.println(server.getAddress().getPort());
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
    System.out.println(served.left());
    server.stop(0);
    threads.shutdownNow();
  }

  private static void versionXml(HttpExchange exchange) throws IOException {
    byte[] text = VERSION_XML.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  /** A server's side of TLS that asks clients for no certificate. */
  private static SSLContext tls(Path chainFile, Path keyFile) throws Exception {
    Certificate[] chain;
    try (InputStream pem = Files.newInputStream(chainFile)) {
      chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(pem)
              .toArray(new Certificate[0]);
    }
    String base64 = Files.readString(keyFile).replaceAll("-----[^-]+-----|\\s", "");
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    char[] unused = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, unused, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, unused);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
