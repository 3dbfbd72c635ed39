package io.jenkins.plugins.shera.deploy.steps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step that says what containers get: variables, files, secrets and middleware. A Jenkinsfile says them as maps; a form, which has none,
 * sends them as lines or rows under names of its own, whose getters tell nothing, so that each is said once in a Jenkinsfile.
 */
public abstract class ContentStep extends Step {

    private Map<String, String> configFiles = new LinkedHashMap<>();
    private Map<String, String> env = new LinkedHashMap<>();
    private Map<String, String> secrets = new LinkedHashMap<>();
    private Map<String, String> secretFiles = new LinkedHashMap<>();
    private Map<String, String> bind = new LinkedHashMap<>();
    private Map<String, String> ports = new LinkedHashMap<>();

    /** Environment variables, over the values of the environment. */
    public Map<String, String> getEnv() {
        return env;
    }

    @DataBoundSetter
    public void setEnv(Map<String, ?> env) {
        this.env = Lines.texts(env);
    }

    /** Always null, as {@code env} says it. */
    public String getVariables() {
        return null;
    }

    /** The same as lines {@code NAME=VALUE}. */
    @DataBoundSetter
    public void setVariables(String variables) {
        env.putAll(Lines.read(variables));
    }

    /** For the form. */
    public String getEnvText() {
        return Lines.of(env);
    }

    /** Ids of credentials by the environment variable they become. */
    public Map<String, String> getSecrets() {
        return secrets;
    }

    @DataBoundSetter
    public void setSecrets(Map<String, ?> secrets) {
        this.secrets = Lines.texts(secrets);
    }

    /** Always null, as {@code secrets} says it. */
    public String getSecretVariables() {
        return null;
    }

    /** The same as lines {@code NAME=VALUE}. */
    @DataBoundSetter
    public void setSecretVariables(String secretVariables) {
        Lines.read(secretVariables).forEach((name, id) -> secrets.put(name, id.strip()));
    }

    /** For the form. */
    public String getSecretsText() {
        return Lines.of(secrets);
    }

    /** Ids of credentials by the absolute path of the file they become. */
    public Map<String, String> getSecretFiles() {
        return secretFiles;
    }

    @DataBoundSetter
    public void setSecretFiles(Map<String, ?> secretFiles) {
        this.secretFiles = Lines.texts(secretFiles);
    }

    /** Always null, as {@code secretFiles} says it. */
    public String getSecretPaths() {
        return null;
    }

    /** The same as lines {@code NAME=VALUE}. */
    @DataBoundSetter
    public void setSecretPaths(String secretPaths) {
        Lines.read(secretPaths).forEach((name, id) -> secretFiles.put(name, id.strip()));
    }

    /** For the form. */
    public String getSecretFilesText() {
        return Lines.of(secretFiles);
    }

    /** Numbers of TCP ports besides {@code port}, by name. */
    public Map<String, String> getPorts() {
        return ports;
    }

    @DataBoundSetter
    public void setPorts(Map<String, ?> ports) {
        this.ports = Lines.texts(ports);
    }

    /** Always null, as {@code ports} says it. */
    public String getMorePorts() {
        return null;
    }

    /** The same as lines {@code NAME=NUMBER}. */
    @DataBoundSetter
    public void setMorePorts(String lines) {
        Lines.read(lines).forEach((name, number) -> ports.put(name, number.strip()));
    }

    /** For the form. */
    public String getPortsText() {
        return Lines.of(ports);
    }

    /** Names of middleware by what the variables with its login begin with. */
    public Map<String, String> getBind() {
        return bind;
    }

    @DataBoundSetter
    public void setBind(Map<String, ?> bind) {
        this.bind = Lines.texts(bind);
    }

    /** Always null, as {@code bind} says it. */
    public String getBindings() {
        return null;
    }

    /** The same as lines {@code NAME=VALUE}. */
    @DataBoundSetter
    public void setBindings(String bindings) {
        Lines.read(bindings).forEach((name, id) -> bind.put(name, id.strip()));
    }

    /** For the form. */
    public String getBindText() {
        return Lines.of(bind);
    }

    /** Contents of configuration files by absolute path in the container. */
    public Map<String, String> getConfigFiles() {
        return configFiles;
    }

    @DataBoundSetter
    public void setConfigFiles(Map<String, ?> configFiles) {
        this.configFiles = Lines.texts(configFiles);
    }

    /** Always null, as {@code configFiles} says them. */
    public List<ConfigFilePart> getFiles() {
        return null;
    }

    /** The same as rows; one without a path is none. */
    @DataBoundSetter
    public void setFiles(List<ConfigFilePart> files) {
        for (ConfigFilePart each : files == null ? List.<ConfigFilePart>of() : files) {
            if (!each.getPath().isEmpty()) {
                configFiles.put(each.getPath(), each.getContent());
            }
        }
    }

    /** For the form. */
    public List<ConfigFilePart> getFileRows() {
        List<ConfigFilePart> rows = new ArrayList<>();
        configFiles.forEach((path, content) -> rows.add(new ConfigFilePart(path, content)));
        return rows;
    }
}
