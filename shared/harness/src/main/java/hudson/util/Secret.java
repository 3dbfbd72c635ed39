package hudson.util;

import com.thoughtworks.xstream.converters.SingleValueConverter;
import hudson.Util;
import io.jenkins.plugins.shera.harness.security.SecretKeys;
import java.io.Serializable;
import java.util.regex.Pattern;

/** A text that is encrypted wherever it is saved or shown. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern ENCRYPTED = Pattern.compile("\\{[A-Za-z0-9+/]+={0,2}}");

    private final String value;

    Secret(String value) {
        this.value = value;
    }

    /** The text itself. */
    public String getPlainText() {
        return value;
    }

    /** The text encrypted with the key of this $JENKINS_HOME, in braces. */
    public String getEncryptedValue() {
        return "{" + SecretKeys.encrypt(value) + "}";
    }

    /** The secret an encrypted text stands for, null when it is none of ours. */
    public static Secret decrypt(String data) {
        if (data == null || !ENCRYPTED.matcher(data).matches()) {
            return null;
        }
        String plain = SecretKeys.decrypt(data.substring(1, data.length() - 1));
        return plain == null ? null : new Secret(plain);
    }

    /** The secret that a text, encrypted or plain, stands for. */
    public static Secret fromString(String data) {
        String text = Util.fixNull(data);
        Secret decrypted = decrypt(text);
        return decrypted == null ? new Secret(text) : decrypted;
    }

    /** The text itself; null for null. */
    public static String toString(Secret s) {
        return s == null ? null : s.value;
    }

    @Override
    @Deprecated
    public String toString() {
        return value;
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof Secret && value.equals(((Secret) that).value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Writes the encrypted text. */
    public static final class ConverterImpl implements SingleValueConverter {
        public ConverterImpl() {}

        @Override
        public boolean canConvert(Class type) {
            return type == Secret.class;
        }

        @Override
        public String toString(Object secret) {
            return ((Secret) secret).getEncryptedValue();
        }

        @Override
        public Object fromString(String text) {
            return Secret.fromString(text);
        }
    }
}
