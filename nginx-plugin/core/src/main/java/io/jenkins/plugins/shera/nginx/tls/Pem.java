package io.jenkins.plugins.shera.nginx.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The blocks of a PEM text (RFC 7468). */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String RULE = "-----";

    private Pem() {}

    /**
     * One block.
     *
     * @param label what it says it is
     * @param body between its two lines, headers included
     */
    record Block(String label, String body) {
        byte[] bytes() throws InvalidCertificateException {
            try {
                return Base64.getMimeDecoder().decode(body.strip());
            } catch (IllegalArgumentException e) {
                throw new InvalidCertificateException("A block '" + label + "' of the PEM text is not base 64. "
                        + "Copy the file as it is, with its BEGIN and END lines.");
            }
        }
    }

    static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int label = at + BEGIN.length();
            int body = text.indexOf(RULE, label);
            String name = body < 0 ? "" : text.substring(label, body);
            int end = body < 0 ? -1 : text.indexOf("-----END " + name + RULE, body);
            if (end < 0) {
                break;
            }
            blocks.add(new Block(name, text.substring(body + RULE.length(), end)));
            at = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    static String of(String label, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
