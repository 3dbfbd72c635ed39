package io.jenkins.plugins.shera.platform.health;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.connection.ConnectionTests;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.net.URI;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The container registries. */
@Extension
public class RegistryConnections extends ConnectionKind {

    @Override
    public String id() {
        return "registry";
    }

    @Override
    public String title() {
        return Messages.RegistryConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.RegistryConnections_purpose();
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public boolean isNeeded() {
        return true;
    }

    @Override
    public String settings() {
        return "shera/platform/#new-registry";
    }

    @Override
    public List<Connection> connections() {
        return SheraConfiguration.get().getRegistries().stream()
                .map(each -> (Connection) new Of(each))
                .toList();
    }

    private record Of(ContainerRegistry registry) implements Connection {
        @Override
        public String name() {
            return registry.getId();
        }

        @Override
        public URI address() {
            return RegistryLogin.address(registry).endpoint().orElse(null);
        }

        @Override
        public Localizable test() {
            return ConnectionTests.of(registry);
        }
    }
}
