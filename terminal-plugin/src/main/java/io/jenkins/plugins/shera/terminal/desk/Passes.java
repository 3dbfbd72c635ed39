package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.security.ACL;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.springframework.security.core.Authentication;

/**
 * Who may enter the environments that demand a reason, or a second person beside the first; kept over a restart of Jenkins. Each
 * pass is for one person, one application and one environment, and ends by itself.
 */
@Extension
public class Passes implements ExtensionPoint {
    /** How long somebody may stay. */
    public static final Duration STAY = Duration.ofHours(4);

    /** How long a second person may take to agree. */
    public static final Duration WAIT = Duration.ofHours(1);

    private static final Logger LOGGER = Logger.getLogger(Passes.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 1000;
    private static final int MOST_OF_ONE = 20;

    private List<Pass> passes;
    private Clock clock = Clock.systemUTC();

    /** The one instance. */
    public static Passes get() {
        return ExtensionList.lookupSingleton(Passes.class);
    }

    /**
     * The calling person says why; where a second person must agree, it waits for that.
     *
     * @throws Refusal if the caller has no right to a terminal there, or gives no reason
     */
    public synchronized Pass ask(Tenant tenant, Application application, Environment environment, String reason) {
        String user = person(tenant, "terminal.ask", application.getName() + "/" + environment.getName());
        String said = reason.strip();
        if (said.length() < 5 || said.length() > 500 || said.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.input("reason", Messages.Passes_reason(), Messages.Passes_reason_next());
        }
        List<Pass> now = current();
        if (now.size() >= MOST
                || now.stream().filter(each -> each.user().equals(user)).count() >= MOST_OF_ONE) {
            throw Refusal.conflict("pass", Messages.Passes_many(), Messages.Passes_many_next());
        }
        boolean waiting = environment.getPolicy().getTerminal().isRequireApproval();
        Pass pass = Pass.asked(
                tenant.getId(),
                application.getName(),
                environment.getName(),
                user,
                said,
                waiting,
                clock.instant().plus(waiting ? WAIT : STAY));
        now.removeIf(each -> each.isOf(pass.tenant(), pass.application())
                && each.environment().equals(pass.environment())
                && each.user().equals(user));
        now.add(pass);
        keep(now);
        note(pass, "terminal.ask", waiting ? Messages._Passes_asked() : Messages._Passes_said());
        return pass;
    }

    /**
     * The calling person agrees to what another asked for.
     *
     * @throws Refusal if it is the same person, one without the right, or nothing waits under this id
     */
    public synchronized Pass approve(Tenant tenant, Application application, String id) {
        String user = person(tenant, "terminal.approve", application.getName());
        List<Pass> now = current();
        Pass pass = find(now, tenant, application, id);
        if (!pass.waiting()) {
            throw Refusal.conflict("pass", Messages.Passes_agreed(), Messages.Passes_agreed_next());
        }
        if (pass.user().equals(user)) {
            Refusal no = Refusal.forbidden("pass", Messages.Passes_own(), Messages.Passes_own_next());
            line(pass, "terminal.approve").refused(no.getMessage());
            throw no;
        }
        Pass approved = pass.approved(user, clock.instant().plus(STAY));
        now.remove(pass);
        now.add(approved);
        keep(now);
        note(approved, "terminal.approve", Messages._Passes_approved(pass.user()));
        return approved;
    }

    /** Takes a pass away, one's own or another's; open sessions that need it end within seconds. */
    public synchronized void withdraw(Tenant tenant, Application application, String id) {
        person(tenant, "terminal.withdraw", application.getName());
        List<Pass> now = current();
        Pass pass = find(now, tenant, application, id);
        now.remove(pass);
        keep(now);
        note(pass, "terminal.withdraw", Messages._Passes_withdrawn(pass.user()));
    }

    /** Those of an application that have not ended. */
    public synchronized List<Pass> of(String tenant, String application) {
        return current().stream().filter(each -> each.isOf(tenant, application)).toList();
    }

    /** Whether what the environment demands is there for this user. */
    public synchronized boolean isLetIn(String tenant, String application, Environment environment, String user) {
        TerminalPolicy policy = environment.getPolicy().getTerminal();
        return !policy.isRequireReason() && !policy.isRequireApproval()
                || current().stream()
                        .anyMatch(each -> each.isOf(tenant, application)
                                && each.environment().equals(environment.getName())
                                && each.user().equals(user)
                                && !each.waiting()
                                && (!policy.isRequireApproval() || !each.by().isEmpty()));
    }

    /** Refuses whom {@link #isLetIn} does not let in. */
    public void check(String tenant, String application, Environment environment, String user) {
        if (!isLetIn(tenant, application, environment, user)) {
            boolean second = environment.getPolicy().getTerminal().isRequireApproval();
            throw Refusal.forbidden(
                    "environment " + environment.getName(),
                    second
                            ? Messages.Passes_needApproval(environment.getName())
                            : Messages.Passes_needReason(environment.getName()),
                    second ? Messages.Passes_needApproval_next() : Messages.Passes_needReason_next());
        }
    }

    private static String person(Tenant tenant, String what, String subject) {
        Authentication caller = Jenkins.getAuthentication2();
        if (ACL.SYSTEM2.equals(caller) || !TenantFolder.allows(tenant, caller, SheraPermissions.TERMINAL)) {
            Refusal no = Refusal.forbidden(
                    "tenant " + tenant.getId(),
                    Messages.PackageDesk_permission(SheraPermissions.TERMINAL.name),
                    Messages.PackageDesk_permission_next());
            AuditLine.of(what, subject).tenant(tenant.getId()).refused(no.getMessage());
            throw no;
        }
        return caller.getName();
    }

    private static Pass find(List<Pass> now, Tenant tenant, Application application, String id) {
        return now.stream()
                .filter(each -> each.id().equals(id) && each.isOf(tenant.getId(), application.getName()))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown("pass", Messages.Passes_none(), Messages.Passes_none_next()));
    }

    private static AuditLine line(Pass pass, String what) {
        return AuditLine.of(what, pass.application() + "/" + pass.environment()).tenant(pass.tenant());
    }

    private void note(Pass pass, String what, Localizable title) {
        line(pass, what).after(pass.json().toString()).done();
        Application application = SheraConfiguration.get().application(pass.tenant(), pass.application());
        try {
            Timelines.get()
                    .append(
                            application,
                            TimelineEntry.now(
                                    TimelineEntry.Kind.TERMINAL,
                                    title,
                                    pass.reason(),
                                    Jenkins.getAuthentication2().getName(),
                                    pass.environment()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + pass.application(), e);
        }
    }

    private List<Pass> current() {
        if (passes == null) {
            passes = read();
        }
        Instant now = clock.instant();
        List<Pass> left = new ArrayList<>(passes);
        left.removeIf(each -> each.until().isBefore(now));
        return left;
    }

    private static Path file() {
        return SheraConfiguration.get().root().resolve("passes.json");
    }

    /** A file that cannot be read lets nobody in. */
    private static List<Pass> read() {
        List<Pass> found = new ArrayList<>();
        if (Files.exists(file())) {
            try {
                for (JsonNode each : JSON.readTree(Files.readString(file()))) {
                    found.add(Pass.of(each));
                }
            } catch (IOException | DateTimeException e) {
                LOGGER.log(Level.WARNING, file() + " cannot be read; whoever had a pass has to ask again", e);
                found.clear();
            }
        }
        return found;
    }

    private void keep(List<Pass> now) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        now.forEach(each -> all.add(each.json()));
        try {
            Path folder = SheraConfiguration.get().root();
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, "passes-", ".tmp");
            Files.writeString(beside, all.toString());
            Files.move(beside, file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.Passes_unkept(),
                    file().toString(),
                    e.getMessage(),
                    Messages.Passes_unkept_next());
        }
        passes = now;
    }

    /** For tests: another time. */
    synchronized void at(Clock other) {
        clock = other;
    }
}
