package io.jenkins.plugins.shera.oci.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Sends requests: tries again what may pass, follows redirects without handing credentials to another host, and answers
 * one challenge. Safe for use by several threads.
 */
final class Transport {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final SharedClients clients;
    private final RegistryAddress address;
    private final RetryPolicy retries;
    private final Authenticator authenticator;

    Transport(RegistryAddress address, RegistryCredentials credentials, RetryPolicy retries) throws RegistryException {
        this.clients = SharedClients.of(address);
        this.address = address;
        this.retries = retries;
        this.authenticator = new Authenticator(address, credentials, this);
    }

    /** The answer, whatever its status after retries; the caller closes its body. */
    Answer send(Exchange exchange) throws IOException {
        for (int tried = 1; ; tried++) {
            String retryAfter = "";
            try {
                Answer answer = authorized(exchange);
                boolean again = retries.isPassing(answer.status()) && (exchange.repeatable || answer.status() == 429);
                if (!again || !retries.allowsAfter(tried)) {
                    return answer;
                }
                retryAfter = answer.header("Retry-After");
                answer.close();
            } catch (RegistryException e) {
                throw e;
            } catch (IOException e) {
                if (e instanceof SSLException
                        || e instanceof InterruptedIOException
                        || !exchange.repeatable
                        || !retries.allowsAfter(tried)) {
                    throw unreachable(exchange, e, tried);
                }
            }
            try {
                retries.await(tried, retryAfter, Instant.now());
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private Answer authorized(Exchange exchange) throws IOException {
        String used = authenticator.authorization(exchange.scope);
        Answer answer = follow(exchange, used);
        if (answer.status() != 401) {
            return answer;
        }
        String challenge = answer.header("WWW-Authenticate");
        String fresh = authenticator.answer(Challenge.parse(challenge), exchange.scope, used);
        if (fresh.isEmpty()) {
            return answer;
        }
        answer.close();
        return follow(exchange, fresh);
    }

    private Answer follow(Exchange exchange, String authorization) throws IOException {
        URI at = exchange.uri;
        for (int hops = 0; ; hops++) {
            check(at);
            Answer answer = raw(exchange, at, sameOrigin(at, address.uri()) ? authorization : "");
            boolean reading = exchange.method.equals("GET") || exchange.method.equals("HEAD");
            if (!REDIRECTS.contains(answer.status()) || !reading) {
                return answer;
            }
            String location = answer.header("Location");
            answer.close();
            if (location.isEmpty() || hops == MOST_REDIRECTS) {
                throw new RegistryException(
                        answer.status(),
                        "The registry " + address.pushHost() + " redirects without end or without saying where to.",
                        null);
            }
            at = resolve(at, location);
        }
    }

    /** Sends one request as it is, without retry, redirect or credentials of its own. */
    Answer raw(Exchange exchange, URI at, String authorization) throws IOException {
        try {
            HttpResponse<InputStream> response =
                    clients.client().send(exchange.build(at, authorization), BodyHandlers.ofInputStream());
            return new Answer(response);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Plain http is refused unless it was agreed to or stays on this machine. */
    void check(URI at) throws RegistryException {
        boolean plain = "http".equalsIgnoreCase(at.getScheme());
        String host = at.getRawAuthority() == null ? "" : at.getRawAuthority();
        boolean allowed = "https".equalsIgnoreCase(at.getScheme())
                || plain && (RegistryAddress.isLoopback(host) || address.mayUsePlainHttp());
        if (!allowed || host.isEmpty() || at.getRawUserInfo() != null) {
            throw new RegistryException(
                    0,
                    "The registry " + address.pushHost() + " sends us on to " + at.getScheme() + "://" + at.getHost()
                            + ", which is not https: declare the registry insecure if its network can be trusted, or"
                            + " correct the address it gives for itself.",
                    null);
        }
    }

    URI resolve(URI base, String location) throws RegistryException {
        try {
            return base.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    0, "The registry " + address.pushHost() + " answers with an address that is none.", e);
        }
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getRawAuthority()).equalsIgnoreCase(String.valueOf(other.getRawAuthority()));
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("The exchange with the registry was interrupted.");
    }

    private IOException unreachable(Exchange exchange, IOException cause, int tries) {
        if (cause instanceof InterruptedIOException) {
            return cause;
        }
        String where = exchange.uri.getScheme() + "://" + exchange.uri.getRawAuthority();
        if (isUntrusted(cause)) {
            return new RegistryException(
                    0,
                    "The registry " + where
                            + " showed a certificate that no known authority signed: give the PEM of its"
                            + " authority as the registry's CA certificate, or check that this is the right address.",
                    cause);
        }
        String why = why(cause);
        return new RegistryException(
                0,
                "The registry " + where + " does not answer (" + why + ", " + tries + (tries == 1 ? " try" : " tries")
                        + "): check the address, that the registry runs, and that this machine may reach it.",
                cause);
    }

    private static boolean isUntrusted(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof CertPathBuilderException || t instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    private static String why(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return "its name is not known here";
            }
            if (t instanceof SSLException) {
                return "TLS: " + t.getMessage();
            }
        }
        if (cause instanceof HttpConnectTimeoutException || cause instanceof HttpTimeoutException) {
            return "it took too long";
        }
        if (cause instanceof ConnectException) {
            return "the connection was refused";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
