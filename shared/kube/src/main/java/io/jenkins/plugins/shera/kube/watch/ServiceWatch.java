package io.jenkins.plugins.shera.kube.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The services of one namespace and the pods behind them, kept up to date by watches that list again after an expiry and
 * try again for ever while the API server is away. Usable from many threads.
 */
public final class ServiceWatch implements AutoCloseable {
    private static final String OF_SERVICE = "kubernetes.io/service-name";

    private final String namespace;
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<EndpointSlice> slices;

    /** An IP address and a port. */
    public record Address(String ip, int port) implements Comparable<Address> {
        @Override
        public int compareTo(Address other) {
            int byIp = ip.compareTo(other.ip);
            return byIp != 0 ? byIp : Integer.compare(port, other.port);
        }
    }

    private ServiceWatch(
            String namespace, SharedIndexInformer<Service> services, SharedIndexInformer<EndpointSlice> slices) {
        this.namespace = namespace;
        this.services = services;
        this.slices = slices;
    }

    /**
     * Begins to watch; returns before the first list is there.
     *
     * @param changed called by threads of the client whenever anything may have changed; must not block
     */
    public static ServiceWatch open(ClusterClient client, String namespace, Runnable changed) {
        SharedIndexInformer<Service> services =
                client.forWatches().services().inNamespace(namespace).runnableInformer(0);
        SharedIndexInformer<EndpointSlice> slices = client.forWatches()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .runnableInformer(0);
        ServiceWatch watch = new ServiceWatch(namespace, services, slices);
        slices.addIndexers(Map.of(OF_SERVICE, ServiceWatch::serviceOf));
        start(services, changed);
        start(slices, changed);
        return watch;
    }

    private static List<String> serviceOf(EndpointSlice slice) {
        String service = slice.getMetadata().getLabels() == null
                ? null
                : slice.getMetadata().getLabels().get(OF_SERVICE);
        return service == null ? List.of() : List.of(service);
    }

    private static <T extends HasMetadata> void start(SharedIndexInformer<T> informer, Runnable changed) {
        informer.exceptionHandler((started, failure) -> true);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                changed.run();
            }

            @Override
            public void onUpdate(T before, T after) {
                changed.run();
            }

            @Override
            public void onDelete(T deleted, boolean unknown) {
                changed.run();
            }

            @Override
            public void onNothing() {
                changed.run();
            }
        });
        informer.start();
    }

    /** Whether both lists were read once; before that nothing is known of any service. */
    public boolean isSynced() {
        return services.hasSynced() && slices.hasSynced();
    }

    /** The number of a service's port by its name; empty when either is not known. */
    public OptionalInt port(String service, String portName) {
        return find(service).stream()
                .flatMap(found -> orEmpty(found.getSpec().getPorts()).stream())
                .filter(offered -> offered.getPort() != null && portName.equals(offered.getName()))
                .mapToInt(ServicePort::getPort)
                .findFirst();
    }

    /**
     * The cluster IP of a service with this port; empty when it is headless or not known.
     */
    public Optional<Address> clusterIp(String service, int port) {
        return find(service)
                .filter(found -> port(found, port).isPresent())
                .map(found -> found.getSpec().getClusterIP())
                .filter(ip -> ip != null && !ip.isEmpty() && !ip.equals("None"))
                .map(ip -> new Address(ip, port));
    }

    /** The port of every node that leads to this port of a service; empty when it has none or is not known. */
    public OptionalInt nodePort(String service, int port) {
        return find(service)
                .flatMap(found -> port(found, port))
                .map(ServicePort::getNodePort)
                .filter(number -> number > 0)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /**
     * Where the pods behind a port of a service listen, in a fixed order: those that are ready, or else those that still
     * serve while they end; empty when there is none or the service is not known.
     */
    public List<Address> pods(String service, int port) {
        Optional<ServicePort> wanted = find(service).flatMap(found -> port(found, port));
        if (wanted.isEmpty()) {
            return List.of();
        }
        String name = Objects.requireNonNullElse(wanted.get().getName(), "");
        TreeSet<Address> ready = new TreeSet<>();
        TreeSet<Address> ending = new TreeSet<>();
        slices.getIndexer().byIndex(OF_SERVICE, service).forEach(slice -> sort(slice, name, ready, ending));
        return List.copyOf(ready.isEmpty() ? ending : ready);
    }

    private static void sort(EndpointSlice slice, String name, TreeSet<Address> ready, TreeSet<Address> ending) {
        // The API server writes null where a list is empty.
        for (EndpointPort port : orEmpty(slice.getPorts())) {
            if (port.getPort() == null || !name.equals(Objects.requireNonNullElse(port.getName(), ""))) {
                continue;
            }
            for (Endpoint endpoint : orEmpty(slice.getEndpoints())) {
                EndpointConditions conditions = endpoint.getConditions();
                // By the API's own words an unknown condition is to be read as ready.
                boolean isReady = conditions == null || !Boolean.FALSE.equals(conditions.getReady());
                boolean serves = conditions == null || !Boolean.FALSE.equals(conditions.getServing());
                if (isReady || serves) {
                    endpoint.getAddresses()
                            .forEach(ip -> (isReady ? ready : ending).add(new Address(ip, port.getPort())));
                }
            }
        }
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    private Optional<Service> find(String service) {
        return Optional.ofNullable(services.getIndexer().getByKey(namespace + "/" + service));
    }

    private static Optional<ServicePort> port(Service service, int port) {
        return orEmpty(service.getSpec().getPorts()).stream()
                .filter(offered -> offered.getPort() != null && offered.getPort() == port)
                .findFirst();
    }

    @Override
    public void close() {
        services.stop();
        slices.stop();
    }
}
