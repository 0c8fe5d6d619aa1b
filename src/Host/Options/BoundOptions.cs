using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Host.Options;

/// <summary>Checked values for the options of an explainer or a metric.</summary>
internal sealed class BoundOptions
{
    private readonly Type _type;

    private BoundOptions(string id, Type type, OptionSchema schema, IReadOnlyList<(OptionDescription Option, object? Value)> values)
    {
        _type = type;
        Values = values;
        Text = Write(id, values.Select(v => (v.Option, Text: OptionText.Of(v.Value, v.Option.Type))).Where(v => v.Text != v.Option.Default));
        (OptionDescription Option, string Text)[] all = [.. schema.Options.Select(o => (o, values.FirstOrDefault(v => v.Option == o) is { Option: not null } given ? FullOf(given.Value, o) : o.Default))];
        FullText = Write(id, all);
        ItemText = Write(id, all.Where(v => v.Option.Property.GetCustomAttribute<PoolOptionAttribute>() is null));
    }

    /// <summary>Options that were given; a nested explainer stands as its configuration.</summary>
    public IReadOnlyList<(OptionDescription Option, object? Value)> Values { get; }

    /// <summary>Options that differ from their defaults, canonically.</summary>
    public string Text { get; }

    /// <summary>All options.</summary>
    public string FullText { get; }

    /// <summary>All options but those of a pool.</summary>
    public string ItemText { get; }

    /// <summary>Reads and checks the arguments of a call.</summary>
    /// <param name="source">The whole specification, for messages.</param>
    /// <param name="call">The call.</param>
    /// <param name="id">Id of what is called.</param>
    /// <param name="type">Its options record.</param>
    /// <param name="bindNested">Binds explainers among the values.</param>
    public static BoundOptions Bind(string source, SpecCall call, string id, Type type, Func<SpecCall, ExplainerConfiguration> bindNested)
    {
        OptionSchema schema = OptionSchema.Of(type);
        OptionValueReader reader = new(source, bindNested);
        List<(OptionDescription Option, object? Value)> values = [];
        foreach (SpecArgument argument in call.Arguments)
        {
            OptionDescription option = schema.Options.FirstOrDefault(o => OptionNames.Match(o.Name, argument.Name.Text))
                ?? throw new SpecException(source, argument.Name.Start, argument.Name.Length, UnknownOption(id, schema, argument.Name.Text));
            if (values.Exists(v => v.Option == option))
                throw new SpecException(source, argument.Name.Start, argument.Name.Length, $"{option.Name} is given twice");
            object? value = reader.Read(option, argument.Value);
            if (OptionRules.Violation(option, value) is { } violation)
                throw new SpecException(source, argument.Value.Start, argument.Value.Length, violation);
            values.Add((option, value));
        }

        if (schema.Options.FirstOrDefault(o => o.Required && !values.Exists(v => v.Option == o)) is { } missing)
            throw new SpecException(source, call.Start, call.Length, $"{id} needs the option {missing.Name} ({missing.Type}): {missing.Description}");
        BoundOptions bound = new(id, type, schema, values);
        bound.CheckTogether(source, call, id);
        return bound;
    }

    /// <summary>Makes the options record.</summary>
    public object Make(Func<ExplainerConfiguration, IExplainer> makeNested)
    {
        object options = Activator.CreateInstance(_type)!;
        foreach ((OptionDescription option, object? value) in Values)
        {
            object? made = value switch
            {
                ExplainerConfiguration nested => makeNested(nested),
                object[] items => option.Type.MakeList([.. items.Select(i => i is ExplainerConfiguration nested ? makeNested(nested) : i)]),
                _ => value,
            };
            option.Property.SetValue(options, made);
        }

        return options;
    }

    /// <summary>Rules among several options, which a record states by implementing IValidatableObject.</summary>
    private void CheckTogether(string source, SpecCall call, string id)
    {
        if (!typeof(IValidatableObject).IsAssignableFrom(_type)) return;
        IValidatableObject options = (IValidatableObject)Make(static nested => new UnmadeExplainer(nested));
        if (options.Validate(new ValidationContext(options)).FirstOrDefault(r => r != ValidationResult.Success) is { } broken)
            throw new SpecException(source, call.Start, call.Length, $"{id}: {broken.ErrorMessage}");
    }

    private static string FullOf(object? value, OptionDescription option) => value is ExplainerConfiguration nested ? nested.FullText : OptionText.Of(value, option.Type);

    private static string Write(string id, IEnumerable<(OptionDescription Option, string Text)> values)
    {
        string[] given = [.. values.OrderBy(v => v.Option.Name, StringComparer.Ordinal).Select(v => $"{v.Option.Name}={v.Text}")];
        return given.Length == 0 ? id : $"{id}({string.Join(", ", given)})";
    }

    private static string UnknownOption(string id, OptionSchema schema, string name) => schema.Options.Count == 0
        ? $"{id} has no options"
        : $"{id} has no option '{name}'; known: {string.Join(", ", schema.Options.Select(o => o.Name))}{Graphs.NearestNames.Suffix(name, schema.Options.Select(o => o.Name))}";
}
