// veraPDF judges our files by the flavours that their metadata declare, and by PDF/UA-1.
// Arguments: files. Out: per file a line "FILE flavour compliant", then a line per broken rule.
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Peer {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFA_3_B, PDFAFlavour.PDFUA_1}) {
                try (InputStream in = new FileInputStream(file);
                        PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                        PDFAValidator judge = Foundries.defaultInstance().createValidator(flavour, false)) {
                    ValidationResult said = judge.validate(parser);
                    System.out.println(file + "\t" + flavour.getId() + "\t" + said.isCompliant());
                    Map<String, Integer> broken = new TreeMap<>();
                    for (TestAssertion one : said.getTestAssertions()) {
                        if (one.getStatus() != TestAssertion.Status.FAILED) continue;
                        String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
                        broken.merge(rule + "\t" + one.getMessage(), 1, Integer::sum);
                    }
                    broken.forEach((rule, count) -> System.out.println("\t" + rule + "\t" + count));
                }
            }
        }
    }
}
