package org.jenkinsci.plugins.structs.describable;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.harness.pipeline.IndexedSymbols;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.structs.SymbolLookup;

/** An object that a script asked for by symbol and arguments; made when the type that is wanted is known. */
public class UninstantiatedDescribable implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The name of an argument that was given without one. */
    public static final String ANONYMOUS_KEY = "<anonymous>";

    private String symbol;
    private String klass;
    private final Map<String, Object> arguments;

    public UninstantiatedDescribable(String symbol, String klass, Map<String, ?> arguments) {
        this.symbol = symbol;
        this.klass = klass;
        this.arguments = new LinkedHashMap<>(arguments);
    }

    public UninstantiatedDescribable(Map<String, ?> arguments) {
        this(null, null, arguments);
    }

    public String getSymbol() {
        return symbol;
    }

    public void setSymbol(String symbol) {
        this.symbol = symbol;
    }

    public String getKlass() {
        return klass;
    }

    public void setKlass(String klass) {
        this.klass = klass;
    }

    public Map<String, ?> getArguments() {
        return arguments;
    }

    /** Makes the object, whatever it is. */
    public Object instantiate() {
        return instantiate(Object.class);
    }

    /** Makes an object of this type. */
    public <T> T instantiate(Class<T> base) {
        return instantiate(base, null);
    }

    /** Makes an object of this type; warnings go to the listener. */
    public <T> T instantiate(Class<T> base, TaskListener listener) {
        Class<?> type = typeFor(base);
        return base.cast(new DescribableModel<>(type).instantiate(arguments, listener));
    }

    private <T> Class<?> typeFor(Class<T> base) {
        if (klass != null) {
            return DescribableModel.resolveClass(base, klass);
        }
        if (symbol == null) {
            return base;
        }
        Class<?> within = base == Object.class ? Describable.class : base;
        Descriptor descriptor = SymbolLookup.get().findDescriptor(within, symbol);
        if (descriptor == null) {
            throw new UnsupportedOperationException("no known implementation of " + within + " is using symbol ‘"
                    + symbol + "’; known symbols: " + IndexedSymbols.of(within));
        }
        return descriptor.clazz;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof UninstantiatedDescribable other
                && Objects.equals(symbol, other.symbol)
                && Objects.equals(klass, other.klass)
                && arguments.equals(other.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(symbol, klass, arguments);
    }

    @Override
    public String toString() {
        return (symbol != null ? "@" + symbol : klass != null ? "$" + klass : "") + "("
                + arguments.toString().replaceAll("^\\{|\\}$", "") + ")";
    }
}
