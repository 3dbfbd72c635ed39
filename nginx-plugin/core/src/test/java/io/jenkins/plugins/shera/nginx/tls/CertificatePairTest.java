package io.jenkins.plugins.shera.nginx.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatePairTest {
    @Test
    void readsWhatItIsAndShowsNoKey() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com", "*.retail.example.com");

        CertificatePair pair = made.pair();

        assertThat(pair.facts().names()).containsExactly("shop.example.com", "*.retail.example.com");
        assertThat(pair.facts().subject()).isEqualTo("CN=shop.example.com");
        assertThat(pair.facts().daysLeft(Instant.now())).isEqualTo(89);
        assertThat(pair.toString()).doesNotContain(made.secret());
        assertThat(pair.facts().toString()).doesNotContain(made.secret());
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, true",
        "a.retail.example.com, true",
        "a.b.retail.example.com, false",
        "retail.example.com, false",
        "example.com, false"
    })
    void coversItsNamesAndOneLabelBelowAWildcard(String host, boolean covered) throws Exception {
        CertificatePair pair =
                TestCertificate.of("shop.example.com", "*.retail.example.com").pair();

        assertThat(pair.facts().covers(host)).isEqualTo(covered);
    }

    @Test
    void takesAChainAndRefusesItOutOfOrder() throws Exception {
        TestCertificate authority = TestCertificate.authority();
        TestCertificate own = authority.signing("shop.example.com");

        assertThat(own.pair().chain()).isEqualTo(own.chain());
        assertThatThrownBy(() -> CertificatePair.of(authority.chain() + own.chain(), own.key(), Instant.now()))
                .hasMessageStartingWith("The chain is broken: CN=ca is not signed by the certificate that follows it, "
                        + "that of CN=shop.example.com.");
        String stranger = TestCertificate.authority().chain();
        String alone = own.chain()
                .substring(0, own.chain().length() - authority.chain().length());
        assertThatThrownBy(() -> CertificatePair.of(alone + stranger, own.key(), Instant.now()))
                .hasMessageStartingWith("The chain is broken: CN=shop.example.com is not signed by");
    }

    @Test
    void refusesTheKeyOfAnother() throws Exception {
        TestCertificate one = TestCertificate.of("shop.example.com");
        TestCertificate other = TestCertificate.of("shop.example.com");
        TestCertificate rsa = TestCertificate.made("RSA", -1, 9, "shop.example.com");

        for (TestCertificate wrong : Arrays.asList(other, rsa)) {
            assertThatThrownBy(() -> CertificatePair.of(one.chain(), wrong.key(), Instant.now()))
                    .hasMessageStartingWith("The private key does not belong to the first certificate.")
                    .hasMessageNotContaining(wrong.secret());
        }
    }

    @Test
    void refusesWhatIsOverOrHasNotBegun() throws Exception {
        TestCertificate over = TestCertificate.made("EC", -3, -1, "shop.example.com");
        TestCertificate early = TestCertificate.made("EC", 3, 5, "shop.example.com");

        assertThatThrownBy(over::pair).hasMessageStartingWith("The certificate of CN=shop.example.com ended on ");
        assertThatThrownBy(early::pair)
                .hasMessageStartingWith("The certificate of CN=shop.example.com begins only on ");
        assertThat(CertificatePair.whenever(over.chain(), over.key()).facts().daysLeft(Instant.now()))
                .isNegative();
    }

    @Test
    void refusesAnEncryptedKeyInBothForms() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        String pkcs8 = made.key().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
        String old = made.key()
                .replace("PRIVATE KEY", "EC PRIVATE KEY")
                .replace("KEY-----\n" + made.secret(), "KEY-----\nProc-Type: 4,ENCRYPTED\n\n" + made.secret());

        for (String key : Arrays.asList(pkcs8, old)) {
            assertThatThrownBy(() -> CertificatePair.of(made.chain(), key, Instant.now()))
                    .hasMessageStartingWith("The private key is encrypted, and nginx could not start with it.");
        }
    }

    @Test
    void takesTheOlderFormsOfKeysThatCertManagerWrites() throws Exception {
        TestCertificate rsa = TestCertificate.made("RSA", -1, 9, "shop.example.com");
        TestCertificate ec = TestCertificate.of("shop.example.com");

        assertThat(CertificatePair.of(rsa.chain(), inner(rsa, "RSA PRIVATE KEY"), Instant.now())
                        .key())
                .isEqualTo(rsa.key());
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        assertThat(CertificatePair.of(ec.chain(), parameters + inner(ec, "EC PRIVATE KEY"), Instant.now())
                        .version())
                .isEqualTo(ec.pair().version());
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds 0 certificates",
        "no PEM at all, holds 0 certificates",
        "-----BEGIN CERTIFICATE-----, holds 0 certificates",
        "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----, is no certificate",
    })
    void refusesWhatIsNoCertificate(String text, String why) {
        assertThatThrownBy(() -> CertificatePair.of(text, "", Instant.now())).hasMessageContaining(why);
    }

    @Test
    void refusesTwoKeysOrNone() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");

        assertThatThrownBy(() -> CertificatePair.of(made.chain(), made.key() + made.key(), Instant.now()))
                .hasMessageStartingWith("The PEM text holds 2 private keys.");
        assertThatThrownBy(() -> CertificatePair.of(made.chain(), made.chain(), Instant.now()))
                .hasMessageStartingWith("The PEM text holds 0 private keys.");
    }

    /** What PKCS#8 wraps, under its own name. */
    private static String inner(TestCertificate made, String label) {
        byte[] der = Base64.getMimeDecoder()
                .decode(made.key().replaceAll("-----[A-Z ]+-----", "").strip());
        int at = header(der, 0) + 3;
        at += header(der, at) + (der[at + 1] & 0xff);
        return TestCertificate.pem(label, Arrays.copyOfRange(der, at + header(der, at), der.length));
    }

    private static int header(byte[] der, int at) {
        return der[at + 1] >= 0 ? 2 : 2 + (der[at + 1] & 0x7f);
    }
}
