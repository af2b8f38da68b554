/*
 * VASA's faults as JAX-WS wants them: an exception of a generated class for each, made by name. A row of a batch
 * has the fault's own type instead.
 */

import java.lang.reflect.Method;
import java.util.Arrays;

final class Faults {
  private Faults() {}

  /** The exception that JAX-WS writes as the fault of this name. */
  static Exception fault(String name, String words) {
    try {
      Class<?> type = Class.forName("vasa.vim.vmware.com._2_0.xsd." + name);
      Object detail = type.getConstructor().newInstance();
      return (Exception)
          Class.forName("vasa.vim.vmware.com._2." + name)
              .getConstructor(String.class, type)
              .newInstance(words, detail);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The fault of this name in a row of a batch. */
  static Object row(String name) {
    try {
      return Class.forName("com.vmware.vim.vasa.fault.xsd." + name).getConstructor().newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What an operation that is not offered answers. */
  static Exception notServed(Method method) {
    boolean declared =
        Arrays.stream(method.getExceptionTypes())
            .anyMatch(each -> each.getSimpleName().equals("NotImplemented"));
    return fault(declared ? "NotImplemented" : "StorageFault", method.getName() + " is not offered");
  }
}
