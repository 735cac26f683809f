import java.io.*;
import java.math.BigDecimal;
import java.time.*;
import java.util.*;
import org.kie.api.io.ResourceType;
import org.kie.dmn.api.core.*;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/**
 * KIE reads our file and decides. Arguments: the file, then a file of rows: `name TAB kind TAB value` a
 * line, `=` ends a row. Out: `decision TAB value` a line, `=` ends a row; messages on stderr.
 */
public class Peer {
  static Object value(String kind, String text) {
    switch (kind) {
      case "null": return null;
      case "date": return LocalDate.parse(text);
      case "number": return new BigDecimal(text);
      case "flag": return Boolean.valueOf(text);
      case "list": return text.isEmpty() ? List.of() : Arrays.asList(text.split("\\|"));
      default: return text;
    }
  }

  static String spelt(Object value) {
    if (value instanceof BigDecimal number) return number.stripTrailingZeros().toPlainString();
    if (value instanceof Collection<?> list)
      return "[" + String.join("|", list.stream().map(Peer::spelt).toList()) + "]";
    return String.valueOf(value);
  }

  public static void main(String[] arguments) throws Exception {
    DMNRuntime runtime = DMNRuntimeBuilder.fromDefaults().buildConfiguration()
        .fromResources(List.of(ResourceFactory.newFileResource(new File(arguments[0]))))
        .getOrElseThrow(RuntimeException::new);
    DMNModel model = runtime.getModels().get(0);
    model.getMessages().forEach(one -> System.err.println("KIE " + one.getSeverity() + " " + one.getText()));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    DMNContext context = runtime.newContext();
    for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of(arguments[1]))) {
      if (!line.equals("=")) {
        String[] parts = line.split("\t", -1);
        context.set(parts[0], value(parts[1], parts[2]));
        continue;
      }
      for (DMNDecisionResult one : runtime.evaluateAll(model, context).getDecisionResults()) {
        out.println(one.getDecisionName() + "\t" + spelt(one.getResult()));
        one.getMessages().forEach(m -> System.err.println("KIE " + one.getDecisionName() + ": " + m.getText()));
      }
      out.println("=");
      context = runtime.newContext();
    }
  }
}
