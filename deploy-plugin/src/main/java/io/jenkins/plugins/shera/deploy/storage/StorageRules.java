package io.jenkins.plugins.shera.deploy.storage;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a tenant may have.
 *
 * @param classes names of the StorageClasses it may use, empty for all
 * @param most bytes of all its claims in this cluster together, null for no bound
 * @param namespaces its namespaces in this cluster
 */
public record StorageRules(List<String> classes, BigDecimal most, List<String> namespaces) {

    /** No bounds. */
    public static final StorageRules NONE = new StorageRules(List.of(), null, List.of());

    /** Whether it may use this class. */
    public boolean allows(String storageClass) {
        return classes.isEmpty() || classes.contains(storageClass);
    }
}
