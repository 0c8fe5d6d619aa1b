using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>Makes explainers from what users write, such as <c>grad-eclip(layers=2, similarity=cosine)</c>. Safe for concurrent use.</summary>
public sealed class ExplainerFactory
{
    private readonly IReadOnlyList<PluginInfo> _plugins;

    /// <summary>Makes the factory.</summary>
    /// <param name="plugins">All plugins; the explainers of the active ones can be made.</param>
    public ExplainerFactory(IReadOnlyList<PluginInfo> plugins) => _plugins = plugins;

    /// <summary>Explainers that can be made, in ordinal order of their ids.</summary>
    public IReadOnlyList<ExplainerRegistration> Explainers =>
        [.. _plugins.SelectMany(p => p.Explainers).OrderBy(e => e.Id, StringComparer.Ordinal)];

    /// <summary>Whether an explainer cannot be made without options: one of them must be given.</summary>
    public static bool NeedsOptions(ExplainerRegistration explainer)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        return OptionSchema.Of(explainer.OptionsType).Options.Any(o => o.Required);
    }

    /// <summary>Reads and checks a specification without making anything.</summary>
    /// <exception cref="PellucidException">
    /// It breaks the grammar, names an unknown explainer, option or choice (the nearest names are listed), or gives a value that
    /// is not allowed. The message shows the place.
    /// </exception>
    public ExplainerConfiguration Parse(string spec) => Bind(spec, SpecParser.Parse(spec));

    /// <summary>Reads a specification and makes the explainer.</summary>
    /// <exception cref="PellucidException">As for <see cref="Parse"/>, or the explainer refuses its options.</exception>
    public IExplainer Create(string spec) => Create(Parse(spec));

    /// <summary>Makes an explainer.</summary>
    /// <exception cref="PellucidException">The explainer refuses its options, or fails.</exception>
    public IExplainer Create(ExplainerConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ExplainerRegistration registration = configuration.Registration;
        object options = MakeOptions(configuration, Create);
        bool takesOptions = registration.ExplainerType.GetConstructors()
            .Any(c => c.GetParameters().Any(p => p.ParameterType.IsAssignableFrom(registration.OptionsType)));
        try
        {
            return (IExplainer)ActivatorUtilities.CreateInstance(
                configuration.Plugin.Loaded.Services, registration.ExplainerType, takesOptions ? [options] : []);
        }
        catch (PellucidException fault)
        {
            throw new PellucidException($"{configuration.Text}: {fault.Message}", fault);
        }
        catch (Exception fault) when (PluginFaults.IsContained(fault))
        {
            throw new PellucidException(PluginFaults.Describe($"the explainer '{registration.Id}' of plugin '{configuration.Plugin.Id}' cannot be made", fault), fault);
        }
    }

    private static object MakeOptions(ExplainerConfiguration configuration, Func<ExplainerConfiguration, IExplainer> makeNested)
    {
        object options = Activator.CreateInstance(configuration.Registration.OptionsType)!;
        foreach ((OptionDescription option, object? value) in configuration.Values)
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

    private ExplainerConfiguration Bind(string source, SpecCall call)
    {
        PluginInfo? plugin = _plugins.FirstOrDefault(p => p.Explainers.Any(e => e.Id == call.Name.Text));
        if (plugin is null) throw new SpecException(source, call.Name.Start, call.Name.Length, UnknownExplainer(call.Name.Text));
        ExplainerRegistration registration = plugin.Explainers.First(e => e.Id == call.Name.Text);
        OptionSchema schema = OptionSchema.Of(registration.OptionsType);
        OptionValueReader reader = new(source, nested => Bind(source, nested));
        List<(OptionDescription Option, object? Value)> values = [];
        foreach (SpecArgument argument in call.Arguments)
        {
            OptionDescription option = schema.Options.FirstOrDefault(o => OptionNames.Match(o.Name, argument.Name.Text))
                ?? throw new SpecException(source, argument.Name.Start, argument.Name.Length, UnknownOption(registration.Id, schema, argument.Name.Text));
            if (values.Exists(v => v.Option == option))
                throw new SpecException(source, argument.Name.Start, argument.Name.Length, $"{option.Name} is given twice");
            object? value = reader.Read(option, argument.Value);
            if (OptionRules.Violation(option, value) is { } violation)
                throw new SpecException(source, argument.Value.Start, argument.Value.Length, violation);
            values.Add((option, value));
        }

        if (schema.Options.FirstOrDefault(o => o.Required && !values.Exists(v => v.Option == o)) is { } missing)
            throw new SpecException(source, call.Start, call.Length, $"{registration.Id} needs the option {missing.Name} ({missing.Type}): {missing.Description}");
        ExplainerConfiguration configuration = new(registration, plugin, Canonical(registration.Id, values), values);
        CheckTogether(source, call, configuration);
        return configuration;
    }

    /// <summary>Rules among several options, which a record states by implementing IValidatableObject.</summary>
    private static void CheckTogether(string source, SpecCall call, ExplainerConfiguration configuration)
    {
        if (!typeof(IValidatableObject).IsAssignableFrom(configuration.Registration.OptionsType)) return;
        IValidatableObject options = (IValidatableObject)MakeOptions(configuration, static nested => new UnmadeExplainer(nested));
        if (options.Validate(new ValidationContext(options)).FirstOrDefault(r => r != ValidationResult.Success) is { } broken)
            throw new SpecException(source, call.Start, call.Length, $"{configuration.Registration.Id}: {broken.ErrorMessage}");
    }

    private static string Canonical(string id, IEnumerable<(OptionDescription Option, object? Value)> values)
    {
        string[] given = [.. values.Select(v => (v.Option, Text: OptionText.Of(v.Value, v.Option.Type)))
            .Where(v => v.Text != v.Option.Default)
            .OrderBy(v => v.Option.Name, StringComparer.Ordinal)
            .Select(v => $"{v.Option.Name}={v.Text}")];
        return given.Length == 0 ? id : $"{id}({string.Join(", ", given)})";
    }

    private static string UnknownOption(string id, OptionSchema schema, string name) => schema.Options.Count == 0
        ? $"{id} has no options"
        : $"{id} has no option '{name}'; known: {string.Join(", ", schema.Options.Select(o => o.Name))}{NearestNames.Suffix(name, schema.Options.Select(o => o.Name))}";

    private string UnknownExplainer(string id)
    {
        string message = $"there is no explainer '{id}'{NearestNames.Suffix(id, Explainers.Select(e => e.Id))}";
        string[] silent = [.. _plugins
            .Where(p => p.State != PluginState.Active && p.Manifest?.Capabilities.Contains(PluginCapabilities.Explainer, StringComparer.Ordinal) != false)
            .Select(p => $"plugin '{p.Id}' is {p.State}: {p.Reason}")];
        return silent.Length == 0 ? message : $"{message} ({string.Join("; ", silent)})";
    }
}
