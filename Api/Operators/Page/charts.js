// Charts of the last hour as inline SVG: stacked bars and lines, one place for each minute.
const width = 360, height = 130, left = 34, bottom = 16, top = 6;

function svg(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// The smallest of 2, 4, 10, 20, 40 … that is not below a value: half of it is a whole number.
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 4, 10].map(factor => factor * power).find(limit => limit >= Math.max(value, 2));
}

const time = at => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

function frame(minutes, most, label) {
  const chart = svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  for (const part of [0, 0.5, 1]) {
    const y = height - bottom - part * (height - bottom - top);
    chart.append(
      svg('line', { class: 'grid', x1: left, x2: width, y1: y, y2: y }),
      svg('text', { x: left - 4, y: y + 3, 'text-anchor': 'end' }, (part * most).toLocaleString('en')));
  }
  chart.append(
    svg('text', { x: left, y: height - 3 }, time(minutes[0].at)),
    svg('text', { x: width, y: height - 3, 'text-anchor': 'end' }, time(minutes.at(-1).at)));
  return chart;
}

function legend(series, shape) {
  const list = document.createElement('ul');
  list.className = 'legend';
  for (const { name, colour } of series) {
    const item = document.createElement('li');
    item.append(svg('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' }, shape(colour)), name);
    list.append(item);
  }
  return list;
}

const x = (minutes, index) => left + (index * (width - left)) / minutes.length;
const y = (value, most) => height - bottom - (value / most) * (height - bottom - top);

// series: [{ name, colour, of: minute => number }], the first at the bottom.
export function bars(place, minutes, series, what) {
  const totals = minutes.map(minute => series.reduce((sum, one) => sum + one.of(minute), 0));
  const most = roundUp(Math.max(...totals));
  const sum = totals.reduce((all, one) => all + one, 0);
  const chart = frame(minutes, most, `${what}: ${sum.toLocaleString('en')} in the last hour, at most ${Math.max(...totals)} a minute.`);
  minutes.forEach((minute, index) => {
    let below = 0;
    for (const one of series) {
      const value = one.of(minute);
      if (value > 0) {
        const bar = svg('rect', {
          class: `fill-${one.colour}`, x: x(minutes, index), width: (width - left) / minutes.length - 1,
          y: y(below + value, most), height: y(below, most) - y(below + value, most),
        });
        bar.append(svg('title', {}, `${time(minute.at)}: ${value} ${one.name}`));
        chart.append(bar);
        below += value;
      }
    }
  });
  place.replaceChildren(chart, legend(series, colour => svg('rect', { class: `fill-${colour}`, width: 10, height: 10 })));
}

export function lines(place, minutes, series, what) {
  const most = roundUp(Math.max(1, ...minutes.flatMap(minute => series.map(one => one.of(minute) ?? 0))));
  const last = minutes.findLast(minute => series[0].of(minute) !== undefined);
  const now = last ? series.map(one => `${one.name} ${one.of(last)}`).join(', ') : 'no requests';
  const chart = frame(minutes, most, `${what}: ${now}.`);
  for (const one of series) {
    let path = '', isDown = false;
    minutes.forEach((minute, index) => {
      const value = one.of(minute);
      if (value === undefined) {
        isDown = false;
        return;
      }
      // A minute between two without requests is a short line.
      const [from, to] = [x(minutes, index), x(minutes, index + 1) - 1];
      path += `${isDown ? 'L' : 'M'}${from} ${y(value, most)}L${to} ${y(value, most)}`;
      isDown = true;
    });
    chart.append(svg('path', { class: `line-${one.colour}`, d: path || 'M0 0' }));
  }
  place.replaceChildren(chart, legend(series, colour => svg('path', { class: `line-${colour}`, d: 'M0 5H10' })));
}
