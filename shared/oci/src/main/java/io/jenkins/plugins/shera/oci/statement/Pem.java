package io.jenkins.plugins.shera.oci.statement;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The textual encoding of keys of RFC 7468. */
final class Pem {
    private static final int LONGEST = 16_384;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]{1,40}+)-----\\s*+([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private Pem() {}

    static String write(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static byte[] read(String label, String pem) {
        Matcher block = BLOCK.matcher(pem == null || pem.length() > LONGEST ? "" : pem);
        if (!block.find() || !block.group(1).equals(label)) {
            throw new IllegalArgumentException("There is no " + label + " in PEM: give the whole text from -----BEGIN "
                    + label + "----- to -----END " + label + "-----.");
        }
        return Base64.getMimeDecoder().decode(block.group(2).getBytes(StandardCharsets.US_ASCII));
    }
}
