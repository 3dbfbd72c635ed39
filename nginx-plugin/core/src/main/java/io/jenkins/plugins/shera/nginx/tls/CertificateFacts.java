package io.jenkins.plugins.shera.nginx.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What everybody may know of a certificate.
 *
 * @param subject whose it is, by RFC 2253
 * @param names host names it is good for; {@code *.} stands for one label
 * @param issuer who signed it
 * @param fingerprint SHA-256 of the certificate in hex
 */
public record CertificateFacts(
        String subject, List<String> names, String issuer, Instant notBefore, Instant notAfter, String fingerprint) {

    /** Copies the list. */
    public CertificateFacts {
        names = List.copyOf(names);
    }

    /** Whether a browser that asks for this host accepts it. */
    public boolean covers(String host) {
        String rest = host.substring(host.indexOf('.') + 1);
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals(host) || host.indexOf('.') > 0 && name.equals("*." + rest));
    }

    /** Whole days until it ends; negative when it is over. */
    public long daysLeft(Instant now) {
        return Math.floorDiv(
                Duration.between(now, notAfter).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
