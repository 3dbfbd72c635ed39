package hudson.model;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;

/** Something that has items in it: Jenkins or a folder. */
public interface ItemGroup<T extends Item> extends FullyNamed, FullyNamedModelObject, PersistenceRoot {
    @Override
    String getFullName();

    @Override
    String getFullDisplayName();

    /** The items the current user may read. */
    Collection<T> getItems();

    /** Those items the current user may read that pass the filter. */
    default Collection<T> getItems(Predicate<T> pred) {
        return getItems().stream().filter(pred).collect(Collectors.toList());
    }

    /** The items as a stream. */
    default Stream<T> getItemsStream() {
        return getItems().stream();
    }

    /** The path of this group below the context path. */
    String getUrl();

    /** The path segment between a group and its items. */
    String getUrlChildPrefix();

    /** The item of the given name, null when there is none or it may not be read. */
    T getItem(String name);

    /** The folder of an item of this group. */
    File getRootDirFor(T child);

    /** Called when an item was renamed. */
    default void onRenamed(T item, String oldName, String newName) throws IOException {}

    /** Called when an item was deleted. */
    void onDeleted(T item) throws IOException;

    /** The items of a type, in this group and below, that the current user may read. */
    default <I extends Item> List<I> getAllItems(Class<I> type) {
        List<I> found = new ArrayList<>();
        allItems(type).forEach(found::add);
        return found;
    }

    /** As {@link #getAllItems(Class)} with a filter. */
    default <I extends Item> List<I> getAllItems(Class<I> type, Predicate<? super I> pred) {
        return getAllItems(type).stream().filter(pred).collect(Collectors.toList());
    }

    /** All items in this group and below. */
    default List<Item> getAllItems() {
        return getAllItems(Item.class);
    }

    /** As {@link #getAllItems()}. */
    default Iterable<Item> allItems() {
        return allItems(Item.class);
    }

    /** As {@link #getAllItems(Class)}. */
    default <I extends Item> Iterable<I> allItems(Class<I> type) {
        List<I> found = new ArrayList<>();
        for (T item : getItems()) {
            if (type.isInstance(item)) {
                found.add(type.cast(item));
            }
            if (item instanceof ItemGroup) {
                found.addAll(((ItemGroup<?>) item).getAllItems(type));
            }
        }
        return found;
    }
}
