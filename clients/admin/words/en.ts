/** Everything the admin says in English. `zh.ts` has the same shape; `{{x}}` is filled in. */
import { sharedEn } from '../../shared/words/en.ts';

export const en = {
  ...sharedEn,
  nav: {
    admin: 'Admin', skip: 'Skip to content', main: 'Main', menu: 'Menu', close: 'Close', overview: 'Overview', orders: 'Orders', products: 'Products', stock: 'Stock', customers: 'Customers', ledger: 'Ledger',
    shop: 'To the shop', signOut: 'Sign out', otherLanguage: '切换到中文', toLight: 'Use light colours', toDark: 'Use dark colours',
  },
  roles: { customer: 'Customer', merchant: 'Merchant', ops: 'Operations', partner: 'Partner', admin: 'Administrator' },
  door: {
    title: 'Sign in', email: 'E-mail', password: 'Password', submit: 'Sign in', busy: 'Signing in …', missing: 'Please enter your e-mail address and password.', wait: 'Please try again in {{seconds}} s.',
    demo: 'To try it out: admin@gomall.example, merchant@ or ops@, with the password gomall-demo.',
    notStaff: 'This door is for staff', notStaffText: 'You are signed in as {{email}}. This account can shop, but does not work here. An administrator can give it a role.', other: 'Sign in with another account', toShop: 'To the shop',
  },
  toast: { region: 'Messages', undo: 'Undo', close: 'Dismiss' },
  dialog: { cancel: 'Go back', busy: 'One moment …' },
  elsewhere: { missing: 'There is nothing at this address', missingText: 'It may have moved, or the address has a typing mistake.', locked: 'Your role does not open this', lockedText: 'It takes the permission {{scope}}. An administrator can give it to you.', home: 'To the overview' },
  palette: {
    open: 'Search or jump to …', title: 'Search and commands', placeholder: 'Order number, e-mail, product, or a command', none: 'Nothing found.', help: '↑ ↓ to choose, Enter to open, Esc to close',
    goTo: 'Go to', settings: 'Settings', toShip: 'Orders to ship', stuck: 'Stuck orders', low: 'Low stock', newProduct: 'New product',
  },
  list: { clear: 'Clear', clearAll: 'Show everything', pages: 'Pages', range: '{{from}}–{{to}} of {{total}}', total: '{{total}} in all', previous: 'Previous', next: 'Next', first: 'To the first page', comma: ', ' },
  orderStatus: { PENDING: 'Being checked', CONFIRMED: 'To ship', SHIPPED: 'Shipped', DELIVERED: 'Delivered', CANCELLED: 'Cancelled' },
  paymentStatus: { NONE: 'No payment', ACTION_REQUIRED: 'At the bank', AUTHORISED: 'Set aside', CAPTURED: 'Paid', DECLINED: 'Declined', VOIDED: 'Set free', PARTIALLY_REFUNDED: 'Partly refunded', REFUNDED: 'Refunded' },
  overview: {
    title: 'Overview', today: 'Orders today', todaySum: 'Sum of the orders of today', toShip: 'To ship', pending: 'Being checked', stuck: 'Stuck', low: 'Low stock', newest: 'Newest orders', all: 'All orders', allLow: 'All low stock', noLow: 'Nothing is low. Every variant is above its threshold.',
    noOrders: 'No orders yet. The first will appear here by itself.', atLeast: '{{count}}+', allWell: 'All well', needsYou: 'Needs a person', free: '{{available}} free of {{onHand}}', newOrder: 'Order {{number}} came in.', fellLow: '{{name}} is running low: {{available}} left.',
  },
  orders: {
    one: 'Order', views: 'Views', view: { all: 'All', toShip: 'To ship', pending: 'Being checked', sent: 'Shipped', cancelled: 'Cancelled', stuck: 'Stuck' }, search: 'Search orders', searchHint: 'Number or e-mail',
    none: 'No orders yet', noneText: 'New orders appear here by themselves.', noneHere: 'No order matches', noneHereText: 'Take a filter away, or search for the beginning of a number or e-mail address.', unknown: 'There is no such order', unknownText: 'The link may be incomplete.',
    number: 'Order', placed: 'Placed', placedOn: 'Placed {{date}}', customer: 'Customer', status: 'Status', payment: 'Payment', items: 'Items', total: 'Total', stuckBadge: 'Stuck', guest: 'Guest', address: 'Ships to', timeline: 'Timeline',
    lines: 'Items', item: 'Item', unitPrice: 'Price', quantity: 'Quantity', lineTotal: 'Sum', subtotal: 'Subtotal', discount: 'Discount', shipping: 'Shipping', tax: 'Tax', refunded: 'Refunded',
    shipment: 'Shipment', carrier: 'Carrier', tracking: 'Tracking number', shippedAt: 'Handed over', reason: 'Reason (optional)', reasonHint: 'Kept with the order.',
    ship: 'Ship', shipTitle: 'Ship order {{number}}', shipText: 'To {{name}}. The shopper sees carrier and tracking number on the order’s page.', shipYes: 'Hand over to carrier', shipped: 'Order {{number}} is on its way.',
    cancel: 'Cancel order', cancelTitle: 'Cancel order {{number}}?', cancelText: 'The whole order of {{email}} is called off. {{amount}} goes back or is set free, and the goods go back to stock. This cannot be undone.', cancelYes: 'Cancel the order', cancelled: 'Order {{number}} is being called off.',
    refund: 'Refund', deliver: 'Mark as delivered', deliverTitle: 'Has order {{number}} arrived?', deliverText: 'The parcel for {{name}} is noted as delivered. This cannot be taken back.', delivered: 'Order {{number}} is delivered.', resume: 'Try again', resumeTitle: 'Let order {{number}} go on?', resumeText: 'The step “{{step}}” is asked once more. It stopped with: {{error}}', resumeAny: 'What is stuck about this order is asked once more.', resumed: 'Order {{number}} goes on.',
  },
  refund: {
    title: 'Refund order {{number}}', way: 'What to refund', ways: { whole: 'All that is left', lines: 'By item', amount: 'An amount' }, amount: 'Amount in {{currency}}', amountWrong: 'This is not an amount, for example 12.50.', unitsOf: 'Units of {{name}}, at most {{max}}',
    paid: 'Paid', before: 'Refunded before', now: 'This refund', stays: 'Stays with us', tooMuch: 'At most {{amount}} can be refunded.', rounding: 'After earlier refunds the sum may differ by the last digit of rounding.', yes: 'Refund {{amount}}', done: '{{amount}} of order {{number}} is on its way back.',
  },
  saga: {
    title: 'Checkout, step by step', none: 'There is nothing to tell about the checkout.', step: 'Step', stepState: 'State', attempts: 'Tries', error: 'Reason',
    state: { RUNNING: 'Going on', DONE: 'Done', UNDOING: 'Being taken back', UNDONE: 'Taken back', STUCK: 'Needs a person' },
    step_: { PENDING: 'Not yet', ASKED: 'Asked', WAITING: 'Waiting', DONE: 'Done', REFUSED: 'Refused', UNDOING: 'Being taken back', UNDONE: 'Taken back', SKIPPED: 'Not needed', STUCK: 'Stuck' },
    name: { 'hold-stock': 'Set stock aside', 'authorise-payment': 'Set money aside', 'confirm-hold': 'Confirm the order', 'take-stock': 'Book the goods out', 'capture-payment': 'Take the money', 'clear-cart': 'Empty the cart', decided: 'Decided', 'refund-payment': 'Give the money back', 'return-stock': 'Return the goods to stock' },
  },
  payments: {
    title: 'Payments and books', none: 'No payment was asked for.', silent: 'Payments do not answer right now.', provider: 'Provider', asked: 'Asked for', captured: 'Taken', refunded: 'Given back', reference: 'Reference', entries: 'Entries in the books', when: 'When', kind: 'Entry', debit: 'Debit', credit: 'Credit', amount: 'Amount',
    kinds: { AUTHORISE: 'Set aside', CAPTURE: 'Taken', VOID: 'Set free', REFUND: 'Given back' },
  },
  products: {
    search: 'Search products', searchHint: 'Name, SKU or address', show: 'Show', live: 'In the shop', archived: 'Archived', all: 'All', none: 'No products yet', noneText: 'Create the first one, or import a catalogue.', noneHere: 'No product matches', noneHereText: 'Try fewer or other words.',
    create: 'New product', name: 'Product', variants: 'Variants', price: 'Price', available: 'Available', changed: 'Changed', missingLanguage: '{{language}} missing', archivedBadge: 'Archived', actions: 'Actions', archive: 'Archive', restore: 'Bring back',
    archiveTitle: 'Archive “{{name}}”?', archiveText: 'It can no longer be found or bought. Orders keep their links, and it can be brought back at any time.', archivedDone: '“{{name}}” is off the shop.', restoredDone: '“{{name}}” is back in the shop.', movedOn: 'Somebody changed this product meanwhile. The list is up to date now: please try again.',
    chosen_one: '{{count}} product chosen', chosen_other: '{{count}} products chosen', choose: 'Choose {{name}}', archiveMany_one: 'Archive {{count}} product', archiveMany_other: 'Archive {{count}} products', archivedMany_one: '{{count}} product is off the shop.', archivedMany_other: '{{count}} products are off the shop.', restoredMany_one: '{{count}} product is back in the shop.', restoredMany_other: '{{count}} products are back in the shop.', notDone: 'Not done: {{names}}', unchoose: 'Clear choice',
  },
  product: {
    new: 'New product', unknown: 'There is no such product', unknownText: 'The link may be incomplete.', view: 'View in shop', save: 'Save', saving: 'Saving …', saved: '“{{name}}” is saved.', unsaved: 'Unsaved changes', upToDate: 'Everything is saved', discard: 'Discard changes', leave: 'You have unsaved changes. Leave without saving?', version: 'Version {{version}}, changed {{date}}',
    texts: 'Texts', english: 'English', chinese: 'Chinese', name: 'Name', description: 'Description', basics: 'Basics', slug: 'Address', slugHint: 'Lower-case letters, digits and hyphens: /products/…', brand: 'Brand',
    categories: 'Categories', categoriesHint: 'From the root, parts separated by >, in English. Missing ones are made.', category: 'Path {{n}}', categoryZh: 'Chinese names of path {{n}}', addCategory: 'Add a category', attributes: 'Attributes', attributesHint: 'Facts for the filters of the shop.', attribute: 'Attribute', valueEn: 'Value in English', valueZh: 'Value in Chinese', addAttribute: 'Add an attribute',
    media: 'Pictures', mediaHint: 'Addresses below /media/. The first is the main picture.', mediaUrl: 'Address of picture {{n}}', altEn: 'What it shows, English', altZh: 'What it shows, Chinese', addMedia: 'Add a picture', variants: 'Variants', variantsHint: 'What is left out is archived, and keeps its SKU.', sku: 'SKU', price: 'Price ({{currency}})', compareAt: 'Before ({{currency}})', picture: 'Own picture', initialStock: 'First stock', inStock: 'In stock', addVariant: 'Add a variant', addOption: 'Add an option', optionName: 'Name of option {{n}}', options: 'Options', option: 'Option', noOptions: 'This product has no options: one variant.', remove: 'Remove', removeIt: 'Remove {{name}}', up: 'Move {{name}} up',
    problem: 'Please check: {{field}}', amountWrong: 'This is not a price, for example 12.50.', fix_one: '{{count}} field needs your attention', fix_other: '{{count}} fields need your attention', needName: 'Give it a name in at least one language.', needSlug: 'Lower-case letters, digits and hyphens.', needSku: 'Every variant needs a SKU.', needVariant: 'At least one variant is needed.', needMedia: 'The address begins with /media/.', needOption: 'Every variant needs a value for every option.', stockWrong: 'A whole number, 0 or more.', openStock: 'Stock of {{sku}}',
  },
  conflict: {
    title: 'Somebody saved this product while you were editing', text: 'Nothing of yours is lost. Where only one of you changed something, it is kept. Choose where both did, then save.', textNone: 'You changed different things. Both are kept: look it over, then save.', field: 'Field', mine: 'Yours', theirs: 'Theirs', before: 'Before', keepMine: 'Keep mine', takeTheirs: 'Take theirs', allMine: 'All mine', allTheirs: 'All theirs', onlyTheirs: 'Changed by the other, taken over', empty: 'empty', done: 'Use this and go on editing', choose: 'Choose for every field',
  },
  stock: {
    show: 'Show', all: 'All', low: 'Low only', none: 'Nothing here', noneLow: 'Nothing is low', noneLowText: 'Every variant is above its threshold.', noneText: 'Stock appears with the first product.', one: 'One variant', showAll: 'Show all stock', item: 'Item', onHand: 'On hand', available: 'Free', held: 'Held', threshold: 'Low at', level: 'Level', actions: 'Actions', adjust: 'Adjust', gone: 'No longer in the catalogue', movements: 'Movements', details: 'Movements and threshold of {{name}}',
    out: 'Out', lowBadge: 'Low', fine: 'Enough', adjustTitle: 'Adjust stock of {{name}}', way: 'How', byDelta: 'Add or take away', setTo: 'Set to a count', delta: 'Units more, or less with a minus', counted: 'Units on hand after the count', reason: 'Reason', reasons: { RECEIVED: 'Received', COUNTED: 'Counted', WRITTEN_OFF: 'Written off', SOLD: 'Sold', RETURNED: 'Returned' }, otherReason: 'Another reason', ownReason: 'Your words', wrongNumber: 'A whole number.', preview: 'After it: {{onHand}} on hand, {{available}} free, {{held}} held',
    belowHeld: 'At least {{held}} are held for orders.', save: 'Book it', done: '{{name}}: {{onHand}} on hand now.', undone: '{{name}}: the change was taken back, {{onHand}} on hand.', undoReason: 'Undo: {{reason}}', undoRefused: 'It could not be taken back: {{message}}', thresholdLabel: 'Low at or below', thresholdSave: 'Save threshold', thresholdDone: 'Low at {{threshold}} or fewer.', movementsTitle: 'Movements of {{name}}', noMovements: 'Nothing has moved yet.', when: 'When', change: 'Change', order: 'Order',
  },
  people: {
    search: 'Search people', searchHint: 'Name or e-mail', none: 'Nobody here', noneText: 'Nobody matches these words.', name: 'Person', roles: 'Roles', verified: 'E-mail', yes: 'Confirmed', no: 'Not confirmed', language: 'Language', since: 'Since', actions: 'Actions', edit: 'Change roles', editTitle: 'Roles of {{name}}', editText: 'What {{email}} may do from the next sign-in or renewed token on.', needOne: 'At least one role.', save: 'Save roles', done: 'The roles of {{name}} are changed.', undone: 'The roles of {{name}} are as before.', undoRefused: 'It could not be taken back: {{message}}', self: 'These are your own roles: taking “Administrator” away locks you out of this page.', orders: 'Orders of {{name}}',
    explain: { customer: 'Shops here', merchant: 'Products, stock, orders', ops: 'Looks into everything, lets stuck orders go on', partner: 'A program of a partner: reads stock', admin: 'Everything, also roles' },
  },
  ledger: { title: 'Ledger', text: 'The balance of every account: debits less credits. In double entry the balances of a currency add up to nothing.', account: 'Account', currency: 'Currency', balance: 'Balance', sum: 'Sum in {{currency}}', balanced: 'Balanced', unbalanced: 'Not balanced', none: 'The books are empty', noneText: 'The first payment opens them.' },
};

export type Words = typeof en;
