package hudson.util;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Words of a command, some of which are not for the log. */
public class ArgumentListBuilder implements Serializable, Cloneable {
    private static final long serialVersionUID = 1L;
    private List<String> args = new ArrayList<>();
    private BitSet mask = new BitSet();

    public ArgumentListBuilder() {}

    public ArgumentListBuilder(String... args) {
        add(args);
    }

    public ArgumentListBuilder add(Object a) {
        return add(a.toString(), false);
    }

    public ArgumentListBuilder add(String a) {
        return add(a, false);
    }

    public ArgumentListBuilder add(String a, boolean masked) {
        if (a != null) {
            if (masked) {
                mask.set(args.size());
            }
            args.add(a);
        }
        return this;
    }

    public ArgumentListBuilder add(String... args) {
        for (String arg : args) {
            add(arg);
        }
        return this;
    }

    public ArgumentListBuilder addMasked(String string) {
        return add(string, true);
    }

    public ArgumentListBuilder addMasked(Secret s) {
        return add(Secret.toString(s), true);
    }

    public List<String> toList() {
        return args;
    }

    public String[] toCommandArray() {
        return args.toArray(new String[0]);
    }

    public boolean[] toMaskArray() {
        boolean[] masks = new boolean[args.size()];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = mask.get(i);
        }
        return masks;
    }

    @Override
    public ArgumentListBuilder clone() {
        ArgumentListBuilder copy = new ArgumentListBuilder();
        copy.args = new ArrayList<>(args);
        copy.mask = (BitSet) mask.clone();
        return copy;
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < args.size(); i++) {
            line.append(i == 0 ? "" : " ").append(mask.get(i) ? "******" : args.get(i));
        }
        return line.toString();
    }
}
