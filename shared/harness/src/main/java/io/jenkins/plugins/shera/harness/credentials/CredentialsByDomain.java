package io.jenkins.plugins.shera.harness.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Credentials grouped by the domain they are meant for. Thread-safe. */
public final class CredentialsByDomain {
    private final Map<Domain, List<Credentials>> map = new LinkedHashMap<>();

    /** The id of credentials that have one, else the text of the object. */
    public static String id(Credentials c) {
        return c instanceof IdCredentials ? ((IdCredentials) c).getId() : c.toString();
    }

    /** The domains, the global one always among them. */
    public synchronized List<Domain> domains() {
        Set<Domain> domains = new LinkedHashSet<>(List.of(Domain.global()));
        domains.addAll(map.keySet());
        return new ArrayList<>(domains);
    }

    /** The credentials of one domain. */
    public synchronized List<Credentials> in(Domain domain) {
        return List.copyOf(map.getOrDefault(domain, List.of()));
    }

    /** The credentials of a type in all domains that fit the requirements. */
    public synchronized <C extends Credentials> List<C> all(Class<C> type, List<DomainRequirement> requirements) {
        List<C> found = new ArrayList<>();
        map.forEach((domain, credentials) -> {
            if (domain.test(requirements)) {
                credentials.stream().filter(type::isInstance).map(type::cast).forEach(found::add);
            }
        });
        return found;
    }

    /** Adds; false when there is one of the same id. */
    public synchronized boolean add(Domain domain, Credentials credentials) {
        List<Credentials> here = map.computeIfAbsent(domain, key -> new ArrayList<>());
        if (here.stream().anyMatch(other -> id(other).equals(id(credentials)))) {
            return false;
        }
        return here.add(credentials);
    }

    /** Removes; false when there is none of the id. */
    public synchronized boolean remove(Domain domain, Credentials credentials) {
        return map.getOrDefault(domain, List.of()).removeIf(other -> id(other).equals(id(credentials)));
    }

    /** Replaces; false when there is none of the id. */
    public synchronized boolean replace(Domain domain, Credentials current, Credentials replacement) {
        List<Credentials> here = map.getOrDefault(domain, List.of());
        for (int i = 0; i < here.size(); i++) {
            if (id(here.get(i)).equals(id(current))) {
                here.set(i, replacement);
                return true;
            }
        }
        return false;
    }

    /** Replaces all. */
    public synchronized void set(Map<Domain, List<Credentials>> all) {
        map.clear();
        all.forEach((domain, credentials) -> map.put(domain, new ArrayList<>(credentials)));
    }

    /** A copy of all. */
    public synchronized Map<Domain, List<Credentials>> get() {
        Map<Domain, List<Credentials>> copy = new LinkedHashMap<>();
        map.forEach((domain, credentials) -> copy.put(domain, List.copyOf(credentials)));
        return copy;
    }
}
