using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>
/// A model's image pre-processing as data: convert, resize, crop, value = (byte x <see cref="RescaleFactor"/> - mean) / std.
/// Values compare by content except for the two lists, which compare by reference.
/// </summary>
public sealed record PreprocessingSpec
{
    /// <summary>Name for provenance and messages, e.g. "OpenAI CLIP 224".</summary>
    public required string Name { get; init; }

    /// <summary>How the image is brought to size.</summary>
    public required ResizeMode Resize { get; init; }

    /// <summary>Columns after the resize; the shorter side for <see cref="ResizeMode.ShortestEdge"/> and <see cref="ResizeMode.KeepAspect"/>.</summary>
    public required int Width { get; init; }

    /// <summary>Rows after the resize; equals <see cref="Width"/> where one size is meant.</summary>
    public required int Height { get; init; }

    /// <summary>Resampling filter.</summary>
    public Resample Resample { get; init; } = Resample.Bicubic;

    /// <summary>Patch side of the model, for <see cref="ResizeMode.KeepSize"/> and <see cref="ResizeMode.KeepAspect"/>.</summary>
    public int Patch { get; init; } = 1;

    /// <summary>Factor on the image's own size for <see cref="ResizeMode.KeepSize"/>.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Centre crop rule.</summary>
    public CropRule Crop { get; init; }

    /// <summary>Columns of the crop.</summary>
    public int CropWidth { get; init; }

    /// <summary>Rows of the crop.</summary>
    public int CropHeight { get; init; }

    /// <summary>Channels.</summary>
    public ColorTarget Color { get; init; }

    /// <summary>When the mode is converted.</summary>
    public ColorOrder ColorOrder { get; init; }

    /// <summary>Factor on the bytes; the product is taken in double and rounded to float32, which for 1/255 equals float32 division.</summary>
    public double RescaleFactor { get; init; } = 1.0 / 255;

    /// <summary>Mean a channel, in float32.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0, 0, 0];

    /// <summary>Standard deviation a channel, in float32.</summary>
    public IReadOnlyList<float> Std { get; init; } = [1, 1, 1];

    /// <summary>Channels of the result that a single grey channel is repeated to; 1 leaves it.</summary>
    public int RepeatGray { get; init; } = 1;

    /// <summary>Channels of the result: 3, or <see cref="RepeatGray"/> for grey.</summary>
    public int Channels => Color == ColorTarget.Rgb ? 3 : RepeatGray;

    /// <summary>The model input's columns when they do not depend on the image, else null.</summary>
    public int? FixedWidth => Crop != CropRule.None ? CropWidth : Resize is ResizeMode.Squash or ResizeMode.PadSquare ? Width : null;

    /// <summary>The model input's rows when they do not depend on the image, else null.</summary>
    public int? FixedHeight => Crop != CropRule.None ? CropHeight : Resize is ResizeMode.Squash or ResizeMode.PadSquare ? Height : null;

    /// <summary>The same colours and values, but with the image's own size kept (rounded to patches) and no crop.</summary>
    /// <param name="patch">Patch side in pixels.</param>
    /// <param name="scale">Factor on the image's size.</param>
    /// <returns>Grad-ECLIP's <c>imgprocess_keepsize</c> for CLIP models: bicubic.</returns>
    public PreprocessingSpec KeepSize(int patch, double scale = 1) =>
        this with { Name = $"{Name}, size kept", Resize = ResizeMode.KeepSize, Patch = patch, Scale = scale, Crop = CropRule.None };

    /// <summary>The same colours and values, but the whole image at its aspect, the shorter side as long as the model's input.</summary>
    /// <param name="patch">Patch side in pixels.</param>
    public PreprocessingSpec KeepAspect(int patch)
    {
        int side = Crop != CropRule.None ? Math.Min(CropWidth, CropHeight) : Math.Min(Width, Height);
        return this with
        {
            Name = $"{Name}, aspect kept", Resize = ResizeMode.KeepAspect, Width = side, Height = side, Patch = patch, Crop = CropRule.None,
        };
    }

    /// <summary>Checks that the values make sense together.</summary>
    /// <exception cref="PellucidException">They do not; the message names the value.</exception>
    public void Validate()
    {
        bool sized = Resize is ResizeMode.ShortestEdge or ResizeMode.Squash or ResizeMode.PadSquare or ResizeMode.KeepAspect;
        if (sized) Side(Width, "size (width)");
        if (sized) Side(Height, "size (height)");
        if (sized && Resize != ResizeMode.Squash && Width != Height) throw Bad($"{Resize} takes one size, got {Width} x {Height}");
        if (Crop != CropRule.None) Side(CropWidth, "crop width");
        if (Crop != CropRule.None) Side(CropHeight, "crop height");
        if (Resize is ResizeMode.KeepSize or ResizeMode.KeepAspect) Side(Patch, "patch");
        if (!double.IsFinite(Scale) || Scale <= 0 || Scale > 64) throw Bad($"scale {Scale} is not in (0, 64]");
        if (!Enum.IsDefined(Resample)) throw Bad($"there is no resampling filter {(int)Resample}");
        if (!double.IsFinite(RescaleFactor) || RescaleFactor <= 0) throw Bad($"rescale factor {RescaleFactor} is not above 0");
        int channels = Color == ColorTarget.Rgb ? 3 : 1;
        if (Mean.Count != channels || Std.Count != channels)
            throw Bad($"mean has {Mean.Count} and std {Std.Count} values for {channels} channel(s)");
        if (Mean.Any(v => !float.IsFinite(v))) throw Bad("a mean is not finite");
        if (Std.Any(v => !float.IsFinite(v) || v <= 0)) throw Bad("a std is not above 0");
        if (RepeatGray is < 1 or > 3) throw Bad($"grey can be repeated to 1 to 3 channels, not {RepeatGray}");

        void Side(int value, string what)
        {
            if (value is < 1 or > 16384) throw Bad($"{what} {value} is not in 1..16384");
        }
    }

    private PellucidException Bad(string what) => new($"Image pre-processing '{Name}': {what}.");
}
