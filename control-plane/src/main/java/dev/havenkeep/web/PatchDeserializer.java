package dev.havenkeep.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;

/** Reads a {@link Patch}, telling an absent member from one that is null. */
final class PatchDeserializer extends ValueDeserializer<Patch<?>> {

    private final String member;
    private final @Nullable ValueDeserializer<Object> value;

    /** For Jackson, which asks for the contextual one next. */
    PatchDeserializer() {
        this("", null);
    }

    private PatchDeserializer(String member, @Nullable ValueDeserializer<Object> value) {
        this.member = member;
        this.value = value;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        JavaType type = property == null ? context.getContextualType() : property.getType();
        return new PatchDeserializer(
                property == null ? "" : property.getName(),
                // Unlike the contextual one, it also reads a type that a member of its own names.
                context.findRootValueDeserializer(type.containedTypeOrUnknown(0)));
    }

    @Override
    public Patch<?> deserialize(JsonParser parser, DeserializationContext context) {
        if (value == null) {
            throw new IllegalStateException("a Patch is only read as a member");
        }
        return new Patch.Replaced<>(value.deserialize(parser, context));
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        return new Patch.Cleared<>(member);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return new Patch.Absent<>();
    }
}
