package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.desk.IntentDesk;
import io.jenkins.plugins.shera.nginx.desk.NodeTold;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.figures.ToldRequests;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import io.jenkins.plugins.shera.platform.rest.RawBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * The one door for KubeNg nodes, {@code /shera-kubeng/}: nobody is logged in and no crumb is asked for, so the node's token comes
 * before anything else, and every no is the same 403. {@code keys.pem} alone is for everybody.
 */
@Extension
public class KubengDoor implements UnprotectedRootAction {
    /** First part of the address. */
    static final String URL = "shera-kubeng";

    private static final Logger LOGGER = Logger.getLogger(KubengDoor.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEARER = "Bearer ";
    private static final Pattern WAIT = Pattern.compile("wait=([0-9]{1,2})");
    private static final int LONGEST_WAIT = 25;

    /** A node that showed its token. */
    private record Caller(NginxCluster cluster, String node, Intent.Kind kind) {}

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** The public key by which nodes verify documents. */
    @GET
    @WebMethod(name = "keys.pem")
    public HttpResponse doKeys() throws IOException {
        return HttpResponses.text(KubengKeys.get().pem());
    }

    /**
     * {@code document/<cluster>/<node>/routes|weights}: the signed document, unless {@code If-None-Match} has its tag; waits as
     * {@code Prefer: wait=<seconds>} (RFC 7240) says.
     */
    @GET
    @WebMethod(name = "document")
    public void doDocument(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Optional<Caller> caller = caller(request, true);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (caller.isEmpty()) {
            response.setStatus(403);
            return;
        }
        NginxCluster cluster = caller.get().cluster();
        Intent.Kind kind = caller.get().kind();
        IntentDesk desk = KubengDesks.get().desk(cluster);
        // The setting and the tenants' namespaces may have changed; every node asks within seconds.
        desk.watch(cluster.watched().orElse(null));
        String tag = tag(request.getHeader("If-None-Match"));
        if (Intent.generationOf(tag) <= desk.intent(kind).generation()) {
            KubengDesks.get().board(cluster).asked(caller.get().node(), kind);
        }
        IntentDesk.Fetched fetched;
        try {
            fetched = desk.fetch(kind, tag, wait(request.getHeader("Prefer")));
        } catch (InterruptedException e) {
            // Jenkins is going down; the node asks again.
            Thread.currentThread().interrupt();
            response.setStatus(503);
            return;
        }
        if (!fetched.tag().isEmpty()) {
            response.setHeader("ETag", "\"" + fetched.tag() + "\"");
        }
        switch (fetched.outcome()) {
            case SAME -> response.setStatus(304);
            case NONE -> response.setStatus(204);
            case OLDER -> response.setStatus(409);
            default -> {
                response.setContentType("application/json;charset=UTF-8");
                response.setContentLength(fetched.signed().length);
                response.getOutputStream().write(fetched.signed());
            }
        }
    }

    /**
     * {@code certificate/<cluster>/<node>/<version>}: certificate and key as PEM, to nodes of a cluster whose document names that
     * version, and nobody else.
     */
    @GET
    @WebMethod(name = "certificate")
    public void doCertificate(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String[] path = request.getRestOfPath().split("/", 5);
        Optional<NginxCluster> cluster = path.length == 4 ? known(request, path) : Optional.empty();
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (cluster.isEmpty()) {
            response.setStatus(403);
            return;
        }
        boolean named = KubengDesks.get().desk(cluster.get()).intent(Intent.Kind.ROUTES).routes().stream()
                .anyMatch(route -> route.tls() != null && route.tls().version().equals(path[3]));
        Optional<CertificatePair> pair = KubengDesks.get().offered(path[3]).or(() -> new CertificateDesk(cluster.get())
                .all().stream().filter(one -> one.version().equals(path[3])).findFirst());
        if (!named || pair.isEmpty()) {
            response.setStatus(404);
            return;
        }
        response.setContentType("application/x-pem-file");
        response.getOutputStream().write((pair.get().chain() + pair.get().key()).getBytes(StandardCharsets.US_ASCII));
    }

    /** {@code users/<cluster>/<node>/<version>}: a password file, in the same way. */
    @GET
    @WebMethod(name = "users")
    public void doUsers(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String[] path = request.getRestOfPath().split("/", 5);
        Optional<NginxCluster> cluster = path.length == 4 ? known(request, path) : Optional.empty();
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (cluster.isEmpty()) {
            response.setStatus(403);
            return;
        }
        boolean named = KubengDesks.get().desk(cluster.get()).intent(Intent.Kind.ROUTES).routes().stream()
                .anyMatch(route ->
                        route.rules() != null && path[3].equals(route.rules().users()));
        Optional<PasswordFile> people =
                named ? KubengDesks.get().users(cluster.get()).of(path[3]) : Optional.empty();
        if (people.isEmpty()) {
            response.setStatus(404);
            return;
        }
        response.setContentType("text/plain;charset=US-ASCII");
        response.getOutputStream().write(people.get().text().getBytes(StandardCharsets.US_ASCII));
    }

    /** {@code adopt/<cluster>/<node>/routes|weights}: a document that this Jenkins signed and lost. */
    @RequirePOST
    @WebMethod(name = "adopt")
    public HttpResponse doAdopt(StaplerRequest2 request) throws IOException {
        Optional<Caller> caller = caller(request, true);
        if (caller.isEmpty()) {
            return HttpResponses.status(403);
        }
        Intent.Kind kind = caller.get().kind();
        NginxCluster cluster = caller.get().cluster();
        byte[] document = request.getInputStream().readNBytes(SignedIntent.LONGEST + 1);
        try {
            KubengDesks.get().desk(cluster).adopt(kind, document);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "The {0} of node {1} of nginx cluster {2} were not taken back: {3}",
                    new Object[] {kind.word(), caller.get().node(), cluster.getId(), e.getMessage()});
            return HttpResponses.status(422);
        }
        LOGGER.log(Level.INFO, "Node {0} of nginx cluster {1} gave later {2} back", new Object[] {
            caller.get().node(), cluster.getId(), kind.word()
        });
        return HttpResponses.status(204);
    }

    /** {@code state/<cluster>/<node>}: what the node is at. */
    @RequirePOST
    @WebMethod(name = "state")
    public HttpResponse doState(StaplerRequest2 request) throws IOException {
        Optional<Caller> caller = caller(request, false);
        if (caller.isEmpty()) {
            return HttpResponses.status(403);
        }
        NodeTold told;
        try {
            told = NodeTold.of(JSON.readTree(RawBody.read(request)));
        } catch (JsonProcessingException e) {
            return HttpResponses.status(400);
        }
        KubengDesks.get().board(caller.get().cluster()).told(caller.get().node(), told);
        return HttpResponses.status(204);
    }

    /** {@code figures/<cluster>/<node>}: what the node answered lately. */
    @RequirePOST
    @WebMethod(name = "figures")
    public HttpResponse doFigures(StaplerRequest2 request) throws IOException {
        Optional<Caller> caller = caller(request, false);
        if (caller.isEmpty()) {
            return HttpResponses.status(403);
        }
        try {
            JsonNode told = JSON.readTree(RawBody.read(request));
            NodeFigures slice = ToldRequests.of(told);
            KubengDesks.get()
                    .figures(caller.get().cluster())
                    .told(caller.get().node(), told.path("readable").asBoolean(), slice);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return HttpResponses.status(400);
        }
        return HttpResponses.status(204);
    }

    private static Optional<Caller> caller(StaplerRequest2 request, boolean ofKind) throws IOException {
        String[] path = request.getRestOfPath().split("/", 5);
        if (path.length != (ofKind ? 4 : 3)) {
            return Optional.empty();
        }
        Optional<Intent.Kind> kind = ofKind ? Intent.Kind.ofWord(path[3]) : Optional.of(Intent.Kind.ROUTES);
        Optional<NginxCluster> cluster = kind.isEmpty() ? Optional.empty() : known(request, path);
        return cluster.map(found -> new Caller(found, path[2], kind.get()));
    }

    /** The cluster that the address names, to a node that shows its token. */
    private static Optional<NginxCluster> known(StaplerRequest2 request, String[] path) throws IOException {
        String header = request.getHeader("Authorization");
        if (header == null
                || !header.startsWith(BEARER)
                || !KubengKeys.get().isTokenOf(path[1], path[2], header.substring(BEARER.length()))) {
            return Optional.empty();
        }
        return NginxConfiguration.get().clusterOfDaemon(path[1], path[2]);
    }

    private static String tag(String header) {
        return header == null ? "" : header.replace("\"", "");
    }

    private static Duration wait(String header) {
        Matcher wanted = WAIT.matcher(header == null ? "" : header);
        return Duration.ofSeconds(wanted.matches() ? Math.min(LONGEST_WAIT, Integer.parseInt(wanted.group(1))) : 0);
    }
}
