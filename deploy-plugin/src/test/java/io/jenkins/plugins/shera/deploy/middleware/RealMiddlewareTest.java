package io.jenkins.plugins.shera.deploy.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.deploy.storage.StorageRules;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** MariaDB, Redis and RabbitMQ of Debian in the cluster that KUBECONFIG names: data, credentials, backup, and whose it is. */
@Tag("cluster")
@Tag("slow")
class RealMiddlewareTest {

    private static final Subject SHOP = new Subject("retail", "shop", "dev", "real", "");

    private static DebianImages images;

    private TestCluster cluster;
    private KubeShell shell;

    @BeforeAll
    static void start() throws Exception {
        images = DebianImages.open();
    }

    @AfterAll
    static void stop() throws Exception {
        if (images != null) {
            images.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        cluster = TestCluster.open();
        shell = new KubeShell(cluster.kubeconfig());
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private Middleware of(String tenant, String application) {
        Subject subject = new Subject(tenant, application, SHOP.environment(), SHOP.cluster(), cluster.namespace());
        Origin origin = new Origin(tenant, application, "dev", UUID.randomUUID().toString(), "retail/release#1");
        return new Middleware(cluster.api(), subject, origin, StorageRules.NONE);
    }

    private Middleware shop() {
        return of("retail", "shop");
    }

    private static MiddlewareSpec spec(String name, Template template, String image) {
        return new MiddlewareSpec(name, template, Map.of("1", image))
                .volume("64Mi", "csi-hostpath")
                .resources("", "384Mi");
    }

    private List<String> deploy(MiddlewareSpec spec) throws Exception {
        Middleware middleware = shop();
        List<String> plan = middleware.plan(spec, "");
        middleware.apply(spec, "");
        ready(middleware, spec.name(), "");
        return plan;
    }

    private void ready(Middleware middleware, String name, String making) {
        await().atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    RolloutState state = middleware.state(
                            name,
                            making,
                            cluster.api().serverNow().minusSeconds(600),
                            cluster.api().serverNow().plusSeconds(300));
                    assertThat(state.phase())
                            .as(String.valueOf(state.trouble()))
                            .isNotEqualTo(RolloutState.Phase.FAILED);
                    return state.phase() == RolloutState.Phase.COMPLETE;
                });
    }

    private MiddlewareFacts facts(String name) throws Exception {
        return shop().look().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode live(ResourceKind kind, String name) throws Exception {
        return cluster.api().get(new ObjectRef(kind, cluster.namespace(), name).path());
    }

    private String secret(String name, String key) throws Exception {
        return Login.value(live(MiddlewareKinds.SECRET, name + "-credentials"), key);
    }

    private KubeShell.Said in(String pod, String... command) throws Exception {
        return shell.run(cluster.namespace(), pod, null, command);
    }

    /** Deletes the pod and waits for another one that serves. */
    private void lose(String name) throws Exception {
        String uid = live(ResourceKind.POD, name + "-0").at("/metadata/uid").asText();
        cluster.api().delete(new ObjectRef(ResourceKind.POD, cluster.namespace(), name + "-0"), uid);
        await().atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() -> {
            JsonNode pod = live(ResourceKind.POD, name + "-0");
            return !pod.at("/metadata/uid").asText().equals(uid)
                    && pod.at("/status/containerStatuses/0/ready").asBoolean();
        });
    }

    private KubeShell.Said sql(String password, String statement) throws Exception {
        return in("shop-db-0", "mariadb", "-h127.0.0.1", "-uapp", "-p" + password, "shop_db", "-Ne", statement);
    }

    @Test
    @Execution(CONCURRENT)
    void aDatabaseKeepsItsDataAndItsPasswordUntilItIsChangedOnPurpose() throws Exception {
        MiddlewareSpec spec = spec("shop-db", Template.MYSQL, images.image());
        List<String> plan = deploy(spec);
        assertThat(plan)
                .contains("create StatefulSet " + cluster.namespace() + "/shop-db")
                .contains("create PersistentVolumeClaim " + cluster.namespace() + "/shop-db-data");
        String password = secret("shop-db", "password");
        assertThat(password).hasSize(32);
        assertThat(String.join("\n", plan)).contains("data.password: ********");
        assertThat(secret("shop-db", "url"))
                .isEqualTo("mysql://app:" + password + "@shop-db." + cluster.namespace() + ".svc:3306/shop_db");
        assertThat(sql(password, "CREATE TABLE orders (id INT); INSERT INTO orders VALUES (1), (2), (3)")
                        .code())
                .isZero();

        lose("shop-db");
        assertThat(sql(password, "SELECT COUNT(*) FROM orders").text()).isEqualTo("3");
        assertThat(deploy(spec))
                .filteredOn(line -> line.matches("(create|update) .*Secret.*"))
                .isNotNull();
        assertThat(secret("shop-db", "password")).isEqualTo(password);
        assertThat(String.join("\n", shop().look().toString(), String.join("\n", deploy(spec))))
                .doesNotContain(password)
                .doesNotContain(secret("shop-db", "root-password"));

        MiddlewareFacts facts = facts("shop-db");
        assertThat(facts.state()).isEqualTo("Ready");
        assertThat(facts.size()).isEqualTo("64Mi");
        assertThat(facts.parameters()).containsEntry("database", "shop_db");
        KubeShell.Said saved = shell.line(Commands.backup(Template.MYSQL, "shop-db", cluster.namespace()), null);
        assertThat(saved.code()).as(saved.errors()).isZero();
        assertThat(sql(password, "DROP TABLE orders").code()).isZero();
        String restore = Commands.restore(Template.MYSQL, "shop-db", cluster.namespace());
        assertThat(shell.line(restore, new byte[0]).code()).isEqualTo(1);
        KubeShell.Said restored = shell.line(restore, saved.bytes());
        assertThat(restored.code()).as(restored.errors()).isZero();
        assertThat(sql(password, "SELECT COUNT(*) FROM orders").text()).isEqualTo("3");

        Middleware rotating = shop();
        String making = UUID.randomUUID().toString();
        rotating.rotate("shop-db", making);
        String second = secret("shop-db", "password");
        rotating.rotate("shop-db", making);
        assertThat(secret("shop-db", "password")).isEqualTo(second).isNotEqualTo(password);
        ready(rotating, "shop-db", making);
        assertThat(sql(second, "SELECT COUNT(*) FROM orders").text()).isEqualTo("3");
        assertThat(sql(password, "SELECT 1").code()).isNotZero();
        String pod = live(ResourceKind.POD, "shop-db-0").at("/metadata/uid").asText();
        deploy(spec);
        assertThat(live(ResourceKind.POD, "shop-db-0").at("/metadata/uid").asText())
                .as("a deployment keeps what was changed and starts no pod")
                .isEqualTo(pod);

        assertThat(shop().remove("shop-db", false)).contains("shop-db-data stays");
        await().atMost(Duration.ofMinutes(3)).until(() -> cluster.api()
                .find(new ObjectRef(ResourceKind.POD, cluster.namespace(), "shop-db-0"))
                .isEmpty());
        assertThat(live(StorageKinds.CLAIM, "shop-db-data").at("/status/phase").asText())
                .isEqualTo("Bound");
        deploy(spec);
        assertThat(secret("shop-db", "password")).isNotEqualTo(second);
        assertThat(sql(secret("shop-db", "password"), "SELECT COUNT(*) FROM orders")
                        .text())
                .isEqualTo("3");
        assertThat(shop().remove("shop-db", true)).contains("with its data");
        await().atMost(Duration.ofMinutes(3)).until(() -> cluster.api()
                .find(new ObjectRef(StorageKinds.CLAIM, cluster.namespace(), "shop-db-data"))
                .isEmpty());
    }

    private KubeShell.Said redis(String... command) throws Exception {
        String[] words = new String[command.length + 4];
        words[0] = "redis-cli";
        words[1] = "--no-auth-warning";
        words[2] = "-a";
        words[3] = secret("shop-cache", "password");
        System.arraycopy(command, 0, words, 4, command.length);
        return in("shop-cache-0", words);
    }

    @Test
    @Execution(CONCURRENT)
    void redisKeepsItsKeysAndTakesABackupBackWithoutARestart() throws Exception {
        deploy(spec("shop-cache", Template.REDIS, images.image()).parameters(Map.of("maxmemoryPolicy", "allkeys-lru")));
        assertThat(redis("SET", "colour", "green").text()).isEqualTo("OK");
        lose("shop-cache");
        assertThat(redis("GET", "colour").text()).isEqualTo("green");
        assertThat(redis("CONFIG", "GET", "maxmemory-policy").text()).endsWith("allkeys-lru");
        assertThat(in("shop-cache-0", "redis-cli", "GET", "colour").text()).contains("NOAUTH");

        KubeShell.Said saved = shell.line(Commands.backup(Template.REDIS, "shop-cache", cluster.namespace()), null);
        assertThat(saved.code()).as(saved.errors()).isZero();
        redis("SET", "colour", "red");
        redis("SET", "late", "1");
        String restore = Commands.restore(Template.REDIS, "shop-cache", cluster.namespace());
        assertThat(shell.line(restore, "no backup".getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo(1);
        assertThat(redis("GET", "colour").text()).isEqualTo("red");
        KubeShell.Said restored = shell.line(restore, saved.bytes());
        assertThat(restored.code()).as(restored.errors()).isZero();
        assertThat(redis("GET", "colour").text()).isEqualTo("green");
        assertThat(redis("EXISTS", "late").text()).isEqualTo("0");
        assertThat(live(ResourceKind.POD, "shop-cache-0")
                        .at("/status/containerStatuses/0/restartCount")
                        .asInt())
                .isZero();
        lose("shop-cache");
        assertThat(redis("GET", "colour").text()).isEqualTo("green");
    }

    private KubeShell.Said rabbit(String... command) throws Exception {
        String[] words = new String[command.length + 2];
        words[0] = "/usr/lib/rabbitmq/bin/rabbitmqctl";
        words[1] = "-q";
        System.arraycopy(command, 0, words, 2, command.length);
        return in("shop-mq-0", words);
    }

    @Test
    @Execution(CONCURRENT)
    void rabbitmqKeepsItsQueuesAndItsDefinitionsAreSaved() throws Exception {
        deploy(spec("shop-mq", Template.RABBITMQ, images.image()));
        String declare = "rabbit_amqqueue:declare({resource,<<\"shop_mq\">>,queue,<<\"orders\">>},"
                + " true, false, [], none, <<\"app\">>).";
        assertThat(rabbit("eval", declare).code()).isZero();
        assertThat(rabbit("authenticate_user", "app", secret("shop-mq", "password"))
                        .code())
                .isZero();
        lose("shop-mq");
        assertThat(rabbit("list_queues", "-p", "shop_mq").text()).contains("orders");
        KubeShell.Said saved = shell.line(Commands.backup(Template.RABBITMQ, "shop-mq", cluster.namespace()), null);
        assertThat(saved.code()).as(saved.errors()).isZero();
        assertThat(new ObjectMapper().readTree(saved.text()).path("queues")).hasSize(1);
        assertThat(rabbit("delete_queue", "-p", "shop_mq", "orders").code()).isZero();

        Middleware rotating = shop();
        String making = UUID.randomUUID().toString();
        rotating.rotate("shop-mq", making);
        ready(rotating, "shop-mq", making);
        KubeShell.Said restored =
                shell.line(Commands.restore(Template.RABBITMQ, "shop-mq", cluster.namespace()), saved.bytes());
        assertThat(restored.code()).as(restored.errors()).isZero();
        assertThat(rabbit("list_queues", "-p", "shop_mq").text()).contains("orders");
        assertThat(rabbit("authenticate_user", "app", secret("shop-mq", "password"))
                        .code())
                .as("the password of the Secret, not of the backup")
                .isZero();
    }

    @Test
    @Execution(CONCURRENT)
    void whatIsNotOursIsNeitherTakenOverNorChanged() throws Exception {
        String image = images.image();
        MiddlewareSpec spec = spec("shop-cache", Template.REDIS, image);
        deploy(spec);
        assertThatThrownBy(() -> of("wholesale", "shop").plan(spec, ""))
                .isInstanceOf(MiddlewareException.class)
                .hasMessageContaining("never taken over");
        assertThatThrownBy(() -> of("retail", "stock").apply(spec, "")).hasMessageContaining("never taken over");
        assertThatThrownBy(() -> of("wholesale", "shop").remove("shop-cache", true))
                .hasMessageContaining("there is no shop-cache of this application");
        assertThatThrownBy(() -> of("retail", "stock").rotate("shop-cache", "other"))
                .hasMessageContaining("there is no shop-cache of this application");
        assertThat(of("wholesale", "shop").look()).isEmpty();
        assertThatThrownBy(() -> shop().plan(spec("shop-cache", Template.MYSQL, image), ""))
                .hasMessageContaining("it is redis and cannot become mysql");
        MiddlewareSpec later = new MiddlewareSpec("shop-cache", Template.REDIS, Map.of("0.9", image, "2", image));
        assertThatThrownBy(() -> shop().plan(later.version("0.9"), "")).hasMessageContaining("version 1 runs");
        assertThatThrownBy(() -> shop().plan(new MiddlewareSpec("shop-cache", Template.REDIS, Map.of("2", image)), ""))
                .hasMessageContaining("which the platform offers no more");

        JsonNode pod = live(ResourceKind.POD, "shop-cache-0").path("spec");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/containers/0/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(live(ResourceKind.SERVICE, "shop-cache-nodes")
                        .at("/spec/clusterIP")
                        .asText())
                .isEqualTo("None");
        // What somebody made by hand under a name of ours stays theirs.
        cluster.api()
                .create(
                        ResourceKind.SERVICE.collection(cluster.namespace()),
                        new ObjectMapper()
                                .readTree(
                                        "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"shop-other\"},"
                                                + "\"spec\":{\"ports\":[{\"port\":1}]}}"));
        assertThatThrownBy(() -> shop().plan(spec("shop-other", Template.REDIS, image), ""))
                .hasMessageContaining("there is a Service " + cluster.namespace() + "/shop-other");
    }
}
