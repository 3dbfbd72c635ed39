package io.jenkins.plugins.shera.terminal.desk;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.config.DockerEngine;
import io.jenkins.plugins.shera.terminal.config.EngineTrust;
import io.jenkins.plugins.shera.terminal.config.TerminalConfiguration;
import io.jenkins.plugins.shera.terminal.docker.Engine;
import io.jenkins.plugins.shera.terminal.docker.EngineAddress;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import io.jenkins.plugins.shera.terminal.docker.EngineException;
import io.jenkins.plugins.shera.terminal.files.ContainerFiles;
import io.jenkins.plugins.shera.terminal.session.Containers;
import io.jenkins.plugins.shera.terminal.session.Target;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * The way into the containers of an application on one docker engine, which an administrator has opened to its tenant. Where a pod is
 * named, an engine is {@code docker:} and its id. A container must bear, by its own and not by its image, the labels of tenant, application and environment.
 */
public final class EngineDoor {
    /** Id of the tenant whose container it is. */
    public static final String TENANT = "io.shera.tenant";

    /** Name of the application. */
    public static final String APPLICATION = "io.shera.application";

    /** Name of the environment. */
    public static final String ENVIRONMENT = "io.shera.environment";

    private static final String PREFIX = "docker:";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DockerEngine settings;
    private final Engine engine;
    private final Map<String, String> labels = new TreeMap<>();

    private EngineDoor(DockerEngine settings, Tenant tenant, Application application, Environment environment) {
        this.settings = settings;
        this.engine = new Engine(address(settings), PATIENCE);
        labels.putAll(settings.furtherLabels());
        labels.put(TENANT, tenant.getId());
        labels.put(APPLICATION, application.getName());
        labels.put(ENVIRONMENT, environment.getName());
    }

    /** Whether what stands for a pod is an engine. */
    public static boolean isEngine(String pod) {
        return pod.startsWith(PREFIX);
    }

    /** Whether an administrator lets this tenant to the engine that stands for a pod. */
    public static boolean isOpen(String pod, String tenant) {
        return settings(pod, tenant) != null;
    }

    private static DockerEngine settings(String pod, String tenant) {
        return TerminalConfiguration.get().getEngines().stream()
                .filter(each -> pod.equals(PREFIX + each.getId()) && each.serves(tenant))
                .findFirst()
                .orElse(null);
    }

    /**
     * To the engine that stands for a pod.
     *
     * @throws Refusal when there is none that the tenant may use, or when its settings cannot be used
     */
    public static EngineDoor open(Tenant tenant, Application application, Environment environment, String pod) {
        DockerEngine found = settings(pod, tenant.getId());
        if (found == null) {
            throw Refusal.unknown(
                    ContainerFiles.shown(pod),
                    Messages.EngineDoor_none(tenant.getId()),
                    Messages.EngineDoor_none_next());
        }
        return new EngineDoor(found, tenant, application, environment);
    }

    /** To all engines that the tenant may use. */
    public static List<EngineDoor> all(Tenant tenant, Application application, Environment environment) {
        return TerminalConfiguration.get().getEngines().stream()
                .filter(each -> each.serves(tenant.getId()))
                .map(each -> new EngineDoor(each, tenant, application, environment))
                .toList();
    }

    /**
     * Commands in the container of a session.
     *
     * @throws Refusal when it is not there any more, or not open to the tenant
     */
    public static ExecApi exec(Target target) throws IOException {
        Tenant tenant = SheraConfiguration.get().tenant(target.tenant());
        Application application = SheraConfiguration.get().application(target.tenant(), target.application());
        Environment environment = application == null
                ? null
                : application.environment(target.environment()).orElse(null);
        if (tenant == null || environment == null) {
            throw Refusal.unknown(
                    target.application() + "/" + target.environment(),
                    Messages.PackageDesk_unknown(target.tenant()),
                    Messages.PackageDesk_unknown_next());
        }
        EngineDoor door = open(tenant, application, environment, target.pod());
        return door.exec(door.find(target.container()));
    }

    /** Refuses what only pods have. */
    static void checkPod(String pod) {
        if (isEngine(pod)) {
            throw Refusal.input(ContainerFiles.shown(pod), Messages.EngineDoor_pods(), Messages.EngineDoor_pods_next());
        }
    }

    private static EngineAddress address(DockerEngine settings) {
        try {
            return new EngineAddress(settings.getUrl(), EngineAddress.isUnix(settings.getUrl()) ? null : tls(settings));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw Refusal.input(
                    PREFIX + settings.getId(), String.valueOf(e.getMessage()), Messages.EngineDoor_settings_next());
        }
    }

    private static SSLContext tls(DockerEngine settings) throws GeneralSecurityException, IOException {
        StandardCertificateCredentials we =
                CredentialLookup.atTop(StandardCertificateCredentials.class, settings.getCredentialsId());
        return EngineTrust.context(
                we.getKeyStore(), we.getPassword().getPlainText().toCharArray(), settings.getCaCertificate());
    }

    /** What stands for a pod. */
    public String pod() {
        return PREFIX + settings.getId();
    }

    /** The application's containers that run, by name. */
    public List<Containers.Running> running() throws IOException {
        return engine.running(labels).stream()
                .map(name -> new Containers.Running(pod(), name))
                .toList();
    }

    /**
     * One of them.
     *
     * @throws Refusal when it is not the application's or does not run
     */
    public EngineContainer find(String name) throws IOException {
        try {
            return engine.find(name, labels);
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.NOT_FOUND) {
                throw Refusal.unknown(
                        ContainerFiles.shown(pod() + "/" + name), e.getMessage(), Messages.EngineDoor_container_next());
            }
            throw e;
        }
    }

    /** The container of this name, or the only one for an empty name. */
    public EngineContainer choose(String name) throws IOException {
        if (!name.isEmpty()) {
            return find(name);
        }
        List<Containers.Running> all = new ArrayList<>(running());
        if (all.size() != 1) {
            throw Refusal.unknown(
                    pod(),
                    all.isEmpty() ? Messages.EngineDoor_nothing() : Messages.FileDesk_which(),
                    Messages.EngineDoor_container_next());
        }
        return find(all.get(0).container());
    }

    /** Commands in a container that was found. */
    public ExecApi exec(EngineContainer container) {
        return engine.exec(container);
    }

    Engine engine() {
        return engine;
    }
}
